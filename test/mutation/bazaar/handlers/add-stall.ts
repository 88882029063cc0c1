import { addStall } from '../generated/contract/add-stall.js';
import { keep, next } from './bazaar.js';

export const handler = addStall(async ({ body }) => {
  const stallId = `stall-${next('stalls')}`;
  return { status: 201, body: keep('stalls', stallId, { stallId, ...body }) };
});
