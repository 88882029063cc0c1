import { placeOrder } from '../generated/contract/place-order.js';
import { before, keep, nextId, placed, remember } from './orders.js';

export const handler = placeOrder(async ({ body, headers, auth }) => {
  const known = before(auth.principalId, headers['idempotency-key']);
  if (known) return placed(known.order);
  const orderId = nextId();
  const order = { items: body.items, ...(body.note === undefined ? {} : { note: body.note }), orderId, state: 'placed' as const, placedAt: new Date().toISOString() };
  keep({ order, tenant: headers['x-tenant'], owner: auth.principalId });
  remember(auth.principalId, headers['idempotency-key'], orderId);
  return { status: 201, headers: { location: `/orders/${orderId}` }, body: order };
});
