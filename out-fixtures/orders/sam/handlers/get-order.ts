// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getOrder } from '../generated/contract/get-order.js';

/** One order */
export const handler = getOrder(async ({ params, headers, auth, resources }) => {
  // params.orderId: string
  // headers['x-tenant']: string
  // auth: who calls
  // resources.orders: table, to read
  // Answers: 200 Order · default Problem
  return { status: 501 };
});
