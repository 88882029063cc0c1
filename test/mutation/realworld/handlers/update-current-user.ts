import { updateCurrentUser } from '../generated/contract/update-current-user.js';
import { byId, keep, refused, secret, shown, taken, unauthorized } from './users.js';

export const handler = updateCurrentUser(async ({ body: { user }, auth }) => {
  const before = byId(auth.principalId);
  if (!before) return unauthorized;
  const { password, email = before.email, username = before.username, bio = before.bio, image = before.image } = user ?? {};
  if (taken({ username, email }, before.id)) return refused('the name or the address is somebody else’s');
  const account = { ...before, email, username, bio, image, ...(password === undefined ? {} : secret(password)) };
  keep(account);
  return { status: 200, body: shown(account) };
});
