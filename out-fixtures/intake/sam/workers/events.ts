// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/events.js';

/** Does the work of reportEvent. What it throws is tried again. */
export const handler = worker(async ({ body }) => {
  // body: as reportEvent accepted it
  throw new Error('Not written yet');
});
