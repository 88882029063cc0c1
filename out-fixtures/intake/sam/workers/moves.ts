// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/moves.js';

/** Does the work of moveParcel. What it throws is tried again. */
export const handler = worker(async ({ body }) => {
  // body: what `request` of moveParcel makes
  throw new Error('Not written yet');
});
