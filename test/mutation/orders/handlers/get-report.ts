import { getReport } from '../generated/contract/get-report.js';

export const handler = getReport(async ({ query }) => {
  return { status: 200, body: { turnover: Number(query.month.slice(5)) * 1000 } };
});
