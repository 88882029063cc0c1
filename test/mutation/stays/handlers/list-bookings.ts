import { listBookings } from '../generated/contract/list-bookings.js';
import { ownOf } from './bookings.js';
import { problem } from './problems.js';

export const handler = listBookings(async ({ query, auth }) => {
  const { limit, cursor, status } = query;
  const after = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isSafeInteger(after)) return problem(400, 'The cursor is none of ours');
  const wanted = ownOf(auth.principalId).filter((booking) => status === undefined || booking.status === status).filter(({ bookingId }) => bookingId > after);
  const items = wanted.slice(0, limit);
  const last = items.at(-1);
  const more = last !== undefined && wanted.length > limit;
  return { status: 200, body: { items, ...(more ? { nextCursor: Buffer.from(String(last.bookingId)).toString('base64url') } : {}) } };
});
