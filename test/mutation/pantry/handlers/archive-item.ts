import { archiveItem } from '../generated/contract/archive-item.js';
import { error, item, keepItem } from './pantry.js';

export const handler = archiveItem(async ({ params }) => {
  const before = item(params.itemId);
  if (!before) return error(404, 'no such item');
  const kept = { ...before, state: 'archived' as const };
  keepItem(kept);
  return { status: 200, body: kept };
});
