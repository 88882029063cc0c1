import { getShelf } from '../generated/contract/get-shelf.js';
import { error, items, shelf } from './pantry.js';

export const handler = getShelf(async ({ params }) => {
  const kept = shelf(params.id);
  return kept ? { status: 200, body: { ...kept, items: items().filter(({ shelfId, state }) => shelfId === kept.id && state === 'kept').length } } : error(404, 'no such shelf');
});
