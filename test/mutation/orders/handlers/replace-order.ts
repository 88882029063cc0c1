import { replaceOrder } from '../generated/contract/replace-order.js';
import { find, keep, missing } from './orders.js';

export const handler = replaceOrder(async ({ params, body }) => {
  const kept = find(params.orderId);
  if (!kept) return missing;
  const { note: _, ...before } = kept.order;
  const order = { ...before, items: body.items, ...(body.note === undefined ? {} : { note: body.note }) };
  keep({ ...kept, order });
  return { status: 200, body: order };
});
