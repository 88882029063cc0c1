import { getLine } from '../generated/contract/get-line.js';
import type { Line } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getLine(async ({ params: { cartId, lineNumber } }) => {
  const body = find<Line>(`lines of ${cartId}`, lineNumber);
  return body ? { status: 200, body } : error(404, 'no such line');
});
