import { listOrders } from '../generated/contract/list-orders.js';
import { list } from './orders.js';

export const handler = listOrders(async ({ query, headers, auth }) => {
  const own = list().filter(({ tenant, owner }) => tenant === headers['x-tenant'] && owner === auth.principalId);
  const wanted = own.filter(({ order }) => query.state === undefined || order.state === query.state);
  return { status: 200, body: wanted.map(({ order }) => order).slice(-query.limit) };
});
