import { getReport } from '../generated/contract/get-report.js';
import { get } from '../store.js';

export const handler = getReport(async ({ params }) => {
  const done = get<string>('reports', params.report_id);
  return { status: 200, body: { report_id: params.report_id, status: done === undefined ? 'queued' : 'done', url: done ?? null } };
});
