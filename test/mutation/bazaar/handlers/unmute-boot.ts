import { unmuteBoot } from '../generated/contract/unmute-boot.js';
import { boot, error } from './bazaar.js';

export const handler = unmuteBoot(async ({ params }) => {
  const body = boot(params.bootId);
  return body ? { status: 200, body } : error(404, 'no such boot');
});
