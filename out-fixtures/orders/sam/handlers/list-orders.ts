// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { listOrders } from '../generated/contract/list-orders.js';

/** The caller's orders */
export const handler = listOrders(async ({ query, headers, auth, resources }) => {
  // query.limit: number, 20 unless given
  // query.state: State, perhaps
  // headers['x-tenant']: string
  // auth: who calls
  // resources.orders: table, to read
  // Answers: 200 list of Order · default Problem
  return { status: 501 };
});
