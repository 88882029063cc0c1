import { deleteWebhook } from '../generated/contract/delete-webhook.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { forget } from './webhooks.js';

export const handler = deleteWebhook(async ({ params, auth }) => (forget(companyOf(auth), params.webhook_id) ? { status: 204 } : problem(404, 'There is no such webhook')));
