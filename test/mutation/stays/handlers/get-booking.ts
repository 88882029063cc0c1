import { getBooking } from '../generated/contract/get-booking.js';
import { find } from './bookings.js';
import { problem } from './problems.js';

export const handler = getBooking(async ({ params, auth }) => {
  const kept = find(params.bookingId, auth.principalId);
  return kept ? { status: 200, body: kept.booking } : problem(404, 'There is no such booking');
});
