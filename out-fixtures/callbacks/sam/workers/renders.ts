// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { worker } from '../generated/contract/workers/renders.js';

/** Does the work of startRender. What it throws is tried again. */
export const handler = worker(async ({ body, callbacks }) => {
  // body: as startRender accepted it
  // callbacks.done(Outcome): tells the caller
  throw new Error('Not written yet');
});
