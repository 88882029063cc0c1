import { getAccount } from '../generated/contract/get-account.js';
import { companyOf } from './companies.js';
import { sent } from './shipments.js';

export const handler = getAccount(async ({ auth }) => {
  const company = companyOf(auth);
  return { status: 200, body: { account_id: company, user: auth.principalId, shipments: sent(company).length, plan: 'business' } };
});
