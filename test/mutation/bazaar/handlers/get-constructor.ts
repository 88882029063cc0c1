import { getConstructor } from '../generated/contract/get-constructor.js';
import type { Constructor } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getConstructor(async ({ params }) => {
  const body = find<Constructor>('constructors', params.constructor);
  return body ? { status: 200, body } : error(404, 'no such constructor');
});
