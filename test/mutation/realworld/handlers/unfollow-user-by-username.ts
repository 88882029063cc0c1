import { unfollowUserByUsername } from '../generated/contract/unfollow-user-by-username.js';
import { by, unfollow, profile, refused, unauthorized } from './users.js';

export const handler = unfollowUserByUsername(async ({ params, auth }) => {
  if (auth.principalId === undefined) return unauthorized;
  const account = by('username', params.username);
  if (!account) return refused('nobody is called so');
  unfollow(auth.principalId, account.id);
  return { status: 200, body: { profile: profile(account, auth.principalId) } };
});
