import { authorizer } from '../generated/contract/authorizers/operator-authorizer.js';

export const handler = authorizer(async ({ credential }) => {
  if (!/^operator-\w+$/.test(credential ?? '')) return { allow: false };
  return { allow: true, principalId: credential ?? '', scopes: [], claims: { tenant: 'one' } };
});
