// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { replaceOrder } from '../generated/contract/replace-order.js';

/** Change an order that is not shipped yet */
export const handler = replaceOrder(async ({ params, headers, body, auth, resources }) => {
  // params.orderId: string
  // headers['x-tenant']: string
  // body: NewOrder
  // auth: who calls
  // resources.orders: table, to write
  // Answers: 200 Order · default Problem
  return { status: 501 };
});
