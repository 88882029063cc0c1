import { followUserByUsername } from '../generated/contract/follow-user-by-username.js';
import { by, follow, profile, refused, unauthorized } from './users.js';

export const handler = followUserByUsername(async ({ params, auth }) => {
  if (auth.principalId === undefined) return unauthorized;
  const account = by('username', params.username);
  if (!account) return refused('nobody is called so');
  follow(auth.principalId, account.id);
  return { status: 200, body: { profile: profile(account, auth.principalId) } };
});
