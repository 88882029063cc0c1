import { getItem } from '../generated/contract/get-item.js';
import { error, item, keepItem } from './pantry.js';

export const handler = getItem(async ({ params }) => {
  const before = item(params.itemId);
  if (!before) return error(404, 'no such item');
  const kept = { ...before, views: before.views + 1 };
  keepItem(kept);
  return { status: 200, body: kept };
});
