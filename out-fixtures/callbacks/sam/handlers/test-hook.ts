// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { testHook } from '../generated/contract/test-hook.js';

/** Try an address out */
export const handler = testHook(async ({ params, query, auth, callbacks }) => {
  // params.hookId: string
  // query.address: string
  // auth: who calls
  // callbacks.ping(object): tells the caller
  // Answers: 204 · default object
  return { status: 501 };
});
