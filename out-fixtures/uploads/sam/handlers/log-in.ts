// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { logIn } from '../generated/contract/log-in.js';

/** POST /login */
export const handler = logIn(async ({ body }) => {
  // body: object
  // Answers: 204 · default object
  return { status: 501 };
});
