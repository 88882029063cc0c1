import { getExport } from '../generated/contract/get-export.js';

export const handler = getExport(async () => ({ status: 200, body: { state: 'waiting' } }));
