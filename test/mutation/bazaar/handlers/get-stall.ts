import { getStall } from '../generated/contract/get-stall.js';
import type { Stall } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getStall(async ({ params, query: { fields } }) => {
  const body = find<Stall>('stalls', params.stallId);
  if (!body) return error(404, 'no such stall');
  const { rent, ...rest } = body;
  return { status: 200, body: { ...rest, ...(fields === 'rent' && rent !== undefined ? { rent } : {}) } };
});
