// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { worker } from '../generated/contract/workers/fulfilment.js';

/** Does the work of shipOrder. What it throws is tried again. */
export const handler = worker(async ({ body }) => {
  // body: as shipOrder accepted it
  throw new Error('Not written yet');
});
