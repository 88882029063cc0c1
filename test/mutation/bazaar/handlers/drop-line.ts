import { dropLine } from '../generated/contract/drop-line.js';
import { error, forget } from './bazaar.js';

export const handler = dropLine(async ({ params: { cartId, lineNumber } }) => (forget(`lines of ${cartId}`, lineNumber) ? { status: 204 } : error(404, 'no such line')));
