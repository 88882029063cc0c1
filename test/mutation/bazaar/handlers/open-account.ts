import { openAccount } from '../generated/contract/open-account.js';
import { keep, next } from './bazaar.js';

export const handler = openAccount(async ({ body: { email, password } }) => {
  const account = { accountId: `a${next('accounts')}`, email };
  keep('passwords', email, { password, account });
  return { status: 201, body: account };
});
