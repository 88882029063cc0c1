// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getShipment } from '../generated/contract/get-shipment.js';

/** How far a shipment is */
export const handler = getShipment(async ({ params, auth, resources }) => {
  // params.orderId: string
  // params.trackingId: string
  // auth: who calls
  // resources.orders: table, to read
  // Answers: 200 object · default Problem
  return { status: 501 };
});
