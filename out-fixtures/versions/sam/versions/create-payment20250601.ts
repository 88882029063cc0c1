// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { createPayment20250601 } from '../generated/contract/create-payment20250601.js';

/** POST /2025-06-01/payments as of 2025-06-01, in terms of createPayment. */
export const handler = createPayment20250601({
  // A request of this version, as the next one takes it; or an answer, where the next one cannot do it.
  upgrade: async (input) => {
    // body.amount: number → object
    // body.currency: string → gone
    // headers['api-version']: not here → string, perhaps
    return { status: 501 };
  },
  // An answer of the next version, as this one gives it.
  downgrade: async (answer, input) => {
    // answer 201 body.amount: number → object
    // answer 201 body.currency: string → gone
    // answer 201 body.paid: boolean → gone
    // answer 201 body.status: not here → "settled" or "pending"
    return { status: 501 };
  },
});
