// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { createPayment } from '../generated/contract/create-payment.js';

/** Pay, in minor units */
export const handler = createPayment(async ({ headers, body, resources }) => {
  // headers['api-version']: string, perhaps
  // body: object
  // resources.payments: table, to write
  // Answers: 201 object · 409
  return { status: 501 };
});
