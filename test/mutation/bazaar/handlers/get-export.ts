import { getExport } from '../generated/contract/get-export.js';
import type { Export } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getExport(async ({ params }) => {
  const body = find<Export>('exports', params.exportId);
  return body ? { status: 200, body } : error(404, 'no such export');
});
