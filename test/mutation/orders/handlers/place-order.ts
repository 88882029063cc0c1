import { placeOrder } from '../generated/contract/place-order.js';
import { keep, nextId } from './orders.js';

export const handler = placeOrder(async ({ body, headers, auth }) => {
  const orderId = nextId();
  const order = { items: body.items, ...(body.note === undefined ? {} : { note: body.note }), orderId, state: 'placed' as const, placedAt: new Date().toISOString() };
  keep({ order, tenant: headers['x-tenant'], owner: auth.principalId });
  return { status: 201, headers: { location: `/orders/${orderId}` }, body: order };
});
