import { worker } from '../generated/contract/workers/exports.js';

export const handler = worker(async () => undefined);
