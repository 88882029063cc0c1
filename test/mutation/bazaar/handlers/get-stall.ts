import { getStall } from '../generated/contract/get-stall.js';
import type { Stall } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getStall(async ({ params }) => {
  const body = find<Stall>('stalls', params.stallId);
  return body ? { status: 200, body } : error(404, 'no such stall');
});
