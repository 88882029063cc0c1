import { login } from '../generated/contract/login.js';
import { by, opens, shown, unauthorized } from './users.js';

export const handler = login(async ({ body: { user: { email, password } } }) => {
  const account = by('email', email);
  if (!account || !opens(account, password)) return unauthorized;
  return { status: 200, body: shown(account) };
});
