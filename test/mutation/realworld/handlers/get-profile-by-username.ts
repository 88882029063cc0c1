import { getProfileByUsername } from '../generated/contract/get-profile-by-username.js';
import { by, profile, refused } from './users.js';

export const handler = getProfileByUsername(async ({ params, auth }) => {
  const account = by('username', params.username);
  return account ? { status: 200, body: { profile: profile(account, auth?.principalId) } } : refused('nobody is called so');
});
