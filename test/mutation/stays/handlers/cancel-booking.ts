import { cancelBooking } from '../generated/contract/cancel-booking.js';
import { find, keep } from './bookings.js';
import { problem } from './problems.js';

export const handler = cancelBooking(async ({ params, auth }) => {
  const before = find(params.bookingId, auth.principalId);
  if (!before) return problem(404, 'There is no such booking');
  const booking = { ...before.booking, status: 'cancelled' as const };
  keep({ ...before, booking });
  return { status: 200, body: booking };
});
