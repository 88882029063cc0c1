import { dropExport } from '../generated/contract/drop-export.js';
import { error, find } from './bazaar.js';

/** Somebody does it at night. */
export const handler = dropExport(async ({ params }) => (find('exports', params.exportId) ? { status: 202 } : error(404, 'no such export')));
