import { changeBoot } from '../generated/contract/change-boot.js';
import { boot, error, keep, time } from './bazaar.js';

export const handler = changeBoot(async ({ params: { bootId }, body: { since, ...body } }) => {
  const before = boot(bootId);
  if (!before) return error(404, 'no such boot');
  return { status: 200, body: keep('boots', bootId, { bootId, state: before.state, ...body, ...(since === undefined ? {} : { since: time(since) }) }) };
});
