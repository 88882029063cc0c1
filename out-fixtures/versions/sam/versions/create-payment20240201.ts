// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { createPayment20240201 } from '../generated/contract/create-payment20240201.js';

/** POST /2024-02-01/payments as of 2024-02-01, in terms of createPayment20250601. */
export const handler = createPayment20240201({
  // A request of this version, as the next one takes it; or an answer, where the next one cannot do it.
  upgrade: async (input) => {
    // body.amount: not here → number
    // body.currency: not here → string
    // body.euros: number → gone
    return { status: 501 };
  },
  // An answer of the next version, as this one gives it.
  downgrade: async (answer, input) => {
    // answer 201 body.amount: not here → number
    // answer 201 body.currency: not here → string
    // answer 201 body.euros: number → gone
    return { status: 501 };
  },
});
