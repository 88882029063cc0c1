import { listShelves } from '../generated/contract/list-shelves.js';
import { shelves } from './pantry.js';

export const handler = listShelves(async ({ query: { skip, top, q } }) => ({ status: 200, body: shelves().filter(({ name }) => q === undefined || name.includes(q)).slice(skip, skip + top) }));
