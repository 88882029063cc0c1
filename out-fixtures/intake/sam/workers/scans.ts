// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/scans.js';

/** Does the work of recordScan. What it throws is tried again. */
export const handler = worker(async ({ body }) => {
  // body: what `request` of recordScan makes
  throw new Error('Not written yet');
});
