import { getCurrentUser } from '../generated/contract/get-current-user.js';
import { byId, shown, unauthorized } from './users.js';

export const handler = getCurrentUser(async ({ auth }) => {
  const account = byId(auth.principalId);
  return account ? { status: 200, body: shown(account) } : unauthorized;
});
