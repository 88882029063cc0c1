import { book } from '../generated/contract/book.js';
import { count } from '../store.js';
import { find as bookingOf, keep, remember, remembered } from './bookings.js';
import { find as homeOf } from './homes.js';
import { problem } from './problems.js';

export const handler = book(async ({ body, headers, auth }) => {
  const owner = auth.principalId;
  const known = remembered(owner, headers['idempotency-key']);
  const before = known === undefined ? undefined : bookingOf(known, owner);
  if (before) return { status: 201, headers: { location: `/bookings/${before.booking.bookingId}` }, body: before.booking };
  if (!homeOf(body.homeId)) return problem(422, 'There is no such home');
  const { homeId, from, nights, guests, note } = body;
  const booking = { bookingId: count('bookings'), homeId, from, nights, ...(guests === undefined ? {} : { guests }), ...(note === undefined ? {} : { note }), status: 'held' as const, bookedAt: new Date().toISOString() };
  keep({ booking, owner });
  remember(owner, headers['idempotency-key'], booking.bookingId);
  return { status: 201, headers: { location: `/bookings/${booking.bookingId}` }, body: booking };
});
