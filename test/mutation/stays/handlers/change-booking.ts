import { changeBooking } from '../generated/contract/change-booking.js';
import { find, keep } from './bookings.js';
import { find as homeOf } from './homes.js';
import { problem } from './problems.js';

export const handler = changeBooking(async ({ params, body, auth }) => {
  const before = find(params.bookingId, auth.principalId);
  if (!before) return problem(404, 'There is no such booking');
  if (!homeOf(body.homeId)) return problem(422, 'There is no such home');
  const { homeId, from, nights, guests, note } = body;
  const { bookingId, status, bookedAt } = before.booking;
  const booking = { bookingId, homeId, from, nights, ...(guests === undefined ? {} : { guests }), ...(note === undefined ? {} : { note }), status, ...(bookedAt === undefined ? {} : { bookedAt }) };
  keep({ ...before, booking });
  return { status: 200, body: booking };
});
