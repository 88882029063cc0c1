// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getReport } from '../generated/contract/get-report.js';

/** How far a report is */
export const handler = getReport(async ({ params, auth, resources }) => {
  // params.reportId: string
  // auth: who calls
  // resources.jobs: table, to read
  // resources.results: bucket, to read
  // Answers: 200 Report · 404 object · default object
  return { status: 501 };
});
