import type { Booking } from '../generated/schemas.js';
import { all, get, put } from '../store.js';

/** A booking as it is kept, with whose it is. */
export interface Kept { readonly booking: Booking; readonly owner: string }

export const keep = (kept: Kept): void => put('bookings', String(kept.booking.bookingId), kept);
export const find = (bookingId: number, owner: string): Kept | undefined => {
  const kept = get<Kept>('bookings', String(bookingId));
  return kept?.owner === owner ? kept : undefined;
};
/** Those of one caller, in the order in which they were made. */
export const ownOf = (owner: string): readonly Booking[] =>
  all<Kept>('bookings').filter((kept) => kept.owner === owner).map(({ booking }) => booking).toSorted((one, other) => one.bookingId - other.bookingId);
/** What a request with a key brought about, by whose key it is. */
export const remembered = (owner: string, key: string): number | undefined => get<number>('keys', `${owner} ${key}`);
export const remember = (owner: string, key: string, bookingId: number): void => put('keys', `${owner} ${key}`, bookingId);
