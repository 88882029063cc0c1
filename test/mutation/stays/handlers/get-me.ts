import { getMe } from '../generated/contract/get-me.js';
import { ownOf } from './bookings.js';

export const handler = getMe(async ({ auth }) => ({ status: 200, body: { id: auth.principalId, bookings: ownOf(auth.principalId).length } }));
