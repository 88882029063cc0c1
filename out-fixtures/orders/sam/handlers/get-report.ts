// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getReport } from '../generated/contract/get-report.js';

/** Turnover by month */
export const handler = getReport(async ({ query, auth, resources }) => {
  // query.month: string
  // auth: who calls, or null
  // resources.orders: table, to read
  // Answers: 200 object · default Problem
  return { status: 501 };
});
