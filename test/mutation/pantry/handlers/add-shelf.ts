import { addShelf } from '../generated/contract/add-shelf.js';
import { error, keepShelf, next, shelves } from './pantry.js';

export const handler = addShelf(async ({ body }) => {
  if (shelves().some(({ name }) => name === body.name)) return error(409, 'a shelf has that name');
  const kept = { id: next('shelves'), name: body.name, cold: body.cold ?? false, items: 0 };
  keepShelf(kept);
  return { status: 200, body: kept };
});
