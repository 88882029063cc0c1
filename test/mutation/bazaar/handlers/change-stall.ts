import { changeStall } from '../generated/contract/change-stall.js';
import { error, find, keep } from './bazaar.js';

export const handler = changeStall(async ({ params: { stallId }, body }) => (find('stalls', stallId) ? { status: 200, body: keep('stalls', stallId, { stallId, ...body }) } : error(404, 'no such stall')));
