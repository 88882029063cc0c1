import { changeItem } from '../generated/contract/change-item.js';
import { error, item, keepItem, shelf } from './pantry.js';

export const handler = changeItem(async ({ params, body }) => {
  const before = item(params.itemId);
  if (!before) return error(404, 'no such item');
  if (before.state === 'archived' || (before.state === 'eaten' && body.state === 'kept')) return error(409, 'it is gone');
  if (body.shelfId !== undefined && !shelf(body.shelfId)) return error(422, 'no such shelf');
  const kept = { ...before, ...body };
  keepItem(kept);
  return { status: 200, body: kept };
});
