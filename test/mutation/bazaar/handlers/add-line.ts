import { addLine } from '../generated/contract/add-line.js';
import { error, find, keep, next } from './bazaar.js';

/** Numbered from 1 on in each cart. */
export const handler = addLine(async ({ params: { cartId }, body: { sku, quantity = 1 } }) => {
  if (!find('carts', cartId)) return error(404, 'no such cart');
  const lineNumber = next(`lines of ${cartId}`);
  return { status: 201, body: keep(`lines of ${cartId}`, lineNumber, { lineNumber, sku, quantity }) };
});
