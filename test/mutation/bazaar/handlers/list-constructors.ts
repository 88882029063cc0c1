import { listConstructors } from '../generated/contract/list-constructors.js';
import type { Constructor } from '../generated/schemas.js';
import { each } from './bazaar.js';

export const handler = listConstructors(async ({ query }) => {
  const wanted = Object.hasOwn(query, 'constructor') ? String(query.constructor) : undefined;
  return { status: 200, body: each<Constructor>('constructors').filter(({ constructor: own }) => wanted === undefined || own === wanted).slice(0, query.limit) };
});
