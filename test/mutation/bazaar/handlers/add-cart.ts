import { addCart } from '../generated/contract/add-cart.js';
import { keep, next } from './bazaar.js';

export const handler = addCart(async () => {
  const cartId = `cart-${next('carts')}`;
  return { status: 201, body: keep('carts', cartId, { cartId }) };
});
