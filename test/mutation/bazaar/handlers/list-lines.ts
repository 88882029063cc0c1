import { listLines } from '../generated/contract/list-lines.js';
import type { Line } from '../generated/schemas.js';
import { each, error, find } from './bazaar.js';

export const handler = listLines(async ({ params: { cartId } }) => (find('carts', cartId) ? { status: 200, body: each<Line>(`lines of ${cartId}`) } : error(404, 'no such cart')));
