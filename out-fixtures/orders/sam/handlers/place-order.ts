// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { placeOrder } from '../generated/contract/place-order.js';

/** Place an order */
export const handler = placeOrder(async ({ headers, body, auth, resources }) => {
  // headers['idempotency-key']: string
  // headers['x-tenant']: string
  // body: NewOrder
  // auth: who calls
  // resources.orders: table, to write
  // resources.events: bus, to publish
  // Answers: 201 Order · default Problem
  return { status: 501 };
});
