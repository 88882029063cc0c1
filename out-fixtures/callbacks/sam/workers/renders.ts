// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/renders.js';

/** Does the work of startRender. What it throws is tried again. */
export const handler = worker(async ({ body, callbacks }) => {
  // body: as startRender accepted it
  // callbacks.done(Outcome): tells the caller
  throw new Error('Not written yet');
});
