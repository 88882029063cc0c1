import { addBoot } from '../generated/contract/add-boot.js';
import { keep, next, time } from './bazaar.js';

export const handler = addBoot(async ({ body: { since, ...body } }) => {
  const bootId = next('boots');
  return { status: 201, body: keep('boots', bootId, { bootId, ...body, ...(since === undefined ? {} : { since: time(since) }), state: 'draft' as const }) };
});
