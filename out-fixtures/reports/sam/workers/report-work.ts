// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { worker } from '../generated/contract/workers/report-work.js';

/** Does the work of orderReport. What it throws is tried again. */
export const handler = worker(async ({ body, resources }) => {
  // body: as orderReport accepted it
  // resources.jobs: table, to write
  // resources.results: bucket, to write
  throw new Error('Not written yet');
});
