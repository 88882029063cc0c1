import { replaceWebhook } from '../generated/contract/replace-webhook.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find, keep } from './webhooks.js';

export const handler = replaceWebhook(async ({ params, body, auth }) => {
  const company = companyOf(auth);
  const before = find(company, params.webhook_id);
  if (!before) return problem(404, 'There is no such webhook');
  const { url, events, secret = before.secret, enabled = true } = body;
  const webhook = { ...before.webhook, url, events, enabled };
  keep(company, { ...before, webhook, secret });
  return { status: 200, body: webhook };
});
