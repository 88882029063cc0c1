import { moveItems } from '../generated/contract/move-items.js';
import { error, item, keepItem, shelf } from './pantry.js';

export const handler = moveItems(async ({ body }) => {
  const found = body.itemIds.flatMap((id) => item(id) ?? []);
  if (!shelf(body.shelfId) || found.length < body.itemIds.length) return error(422, 'no such thing');
  for (const each of found) keepItem({ ...each, shelfId: body.shelfId });
  return { status: 200, body: { moved: found.length } };
});
