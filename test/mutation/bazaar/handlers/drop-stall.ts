import { dropStall } from '../generated/contract/drop-stall.js';
import { error, forget } from './bazaar.js';

export const handler = dropStall(async ({ params }) => (forget('stalls', params.stallId) ? { status: 204 } : error(404, 'no such stall')));
