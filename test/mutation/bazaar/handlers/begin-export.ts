import { beginExport } from '../generated/contract/begin-export.js';
import { keep, next } from './bazaar.js';

export const handler = beginExport(async () => {
  const exportId = `e${next('exports')}`;
  return { status: 202, body: keep('exports', exportId, { exportId }) };
});
