// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/parcels.js';

/** Does the work of announceParcel. What it throws is tried again. */
export const handler = worker(async ({ body, resources }) => {
  // body: as announceParcel accepted it
  // resources.states: table, to write
  throw new Error('Not written yet');
});
