import { authorizer } from '../generated/contract/authorizers/sessions.js';
import { by } from '../handlers/users.js';

export const handler = authorizer(async ({ credential }) => {
  const [, token] = /^Token (\w+)$/.exec(credential ?? '') ?? [];
  const account = token === undefined ? undefined : by('token', token);
  return account ? { allow: true, principalId: account.id, scopes: [], claims: {} } : { allow: false };
});
