import { withdrawBoot } from '../generated/contract/withdraw-boot.js';
import { boot, error, keep } from './bazaar.js';

/** It stays to be read: those who bought one want to. */
export const handler = withdrawBoot(async ({ params }) => {
  const before = boot(params.bootId);
  if (!before) return error(404, 'no such boot');
  keep('boots', params.bootId, { ...before, state: 'gone' });
  return { status: 204 };
});
