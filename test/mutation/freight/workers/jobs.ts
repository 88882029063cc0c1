import { worker } from '../generated/contract/workers/jobs.js';

export const handler = worker(async () => undefined);
