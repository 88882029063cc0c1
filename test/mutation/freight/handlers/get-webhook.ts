import { getWebhook } from '../generated/contract/get-webhook.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find } from './webhooks.js';

export const handler = getWebhook(async ({ params, auth }) => {
  const kept = find(companyOf(auth), params.webhook_id);
  return kept ? { status: 200, body: kept.webhook } : problem(404, 'There is no such webhook');
});
