import { addItem } from '../generated/contract/add-item.js';
import { error, keepItem, next, shelf } from './pantry.js';

export const handler = addItem(async ({ body }) => {
  if (!shelf(body.shelfId)) return error(422, 'no such shelf');
  const { name, shelfId, amount = 1, tags, bestBefore } = body;
  const kept = { itemId: `i-${next('items')}`, name, shelfId, amount, ...(tags ? { tags } : {}), ...(bestBefore === undefined ? {} : { bestBefore }), state: 'kept' as const, addedAt: new Date().toISOString(), views: 0 };
  keepItem(kept);
  return { status: 201, headers: { location: `https://pantry.example.com/v1/items/${kept.itemId}` }, body: kept };
});
