import { listWebhooks } from '../generated/contract/list-webhooks.js';
import { companyOf } from './companies.js';
import { told } from './webhooks.js';

export const handler = listWebhooks(async ({ auth }) => {
  const items = told(companyOf(auth)).map(({ webhook }) => webhook);
  return { status: 200, body: { items, total: items.length } };
});
