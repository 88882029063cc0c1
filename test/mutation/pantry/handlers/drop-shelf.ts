import { dropShelf } from '../generated/contract/drop-shelf.js';
import { dropShelf as drop, error, items } from './pantry.js';

export const handler = dropShelf(async ({ params }) => {
  if (items().some(({ shelfId, state }) => shelfId === params.id && state === 'kept')) return error(409, 'something is on it');
  drop(params.id);
  return { status: 204 };
});
