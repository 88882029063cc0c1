import { randomUUID } from 'node:crypto';
import { createWebhook } from '../generated/contract/create-webhook.js';
import { count } from '../store.js';
import { companyOf } from './companies.js';
import { keep } from './webhooks.js';

export const handler = createWebhook(async ({ body, auth }) => {
  const { url, events, secret, enabled = true } = body;
  const webhook = { webhook_id: randomUUID(), url, events, enabled, created_at: new Date().toISOString() };
  keep(companyOf(auth), { webhook, secret, place: count('webhooks') });
  return { status: 201, headers: { location: `/webhooks/${webhook.webhook_id}` }, body: webhook };
});
