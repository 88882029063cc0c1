import { createUser } from '../generated/contract/create-user.js';
import { refused, register, shown, taken } from './users.js';

export const handler = createUser(async ({ body: { user } }) => {
  if (taken(user)) return refused('the name or the address is somebody else’s');
  return { status: 201, body: shown(register(user)) };
});
