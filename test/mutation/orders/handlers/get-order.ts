import { getOrder } from '../generated/contract/get-order.js';
import { find, missing, tagOf } from './orders.js';

export const handler = getOrder(async ({ params }) => {
  const kept = find(params.orderId);
  if (!kept) return missing;
  return { status: 200, headers: { etag: tagOf(kept) }, body: kept.order };
});
