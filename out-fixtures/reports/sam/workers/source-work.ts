// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/source-work.js';

/** Is told of each object that was uploaded. What it throws is tried again. */
export const handler = worker(async ({ body, resources }) => {
  // body: bucket, key, size in bytes, and media type of the object
  // resources.sources: bucket, to read
  // resources.jobs: table, to write
  throw new Error('Not written yet');
});
