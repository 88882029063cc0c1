import { authorizer } from '../generated/contract/authorizers/staff.js';

export const handler = authorizer(async ({ credential }) => {
  const [, user] = /^(?:Basic )?(\w+)=*$/.exec(credential ?? '') ?? [];
  return user === undefined ? { allow: false } : { allow: true, principalId: user, scopes: [], claims: {} };
});
