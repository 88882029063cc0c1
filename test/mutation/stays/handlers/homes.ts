import { randomUUID } from 'node:crypto';
import type { Home, NewHome, Review } from '../generated/schemas.js';
import { all, get, put, remove } from '../store.js';

/** A home as it is kept: how often it was changed, and when it was offered among the others. */
export interface Kept { readonly home: Home; readonly version: number; readonly place: number }

export const keep = (kept: Kept): void => put('homes', kept.home.homeId, kept);
export const find = (homeId: string): Kept | undefined => get<Kept>('homes', homeId);
export const forget = (homeId: string): boolean => remove('homes', homeId);
/** In the order in which they were offered. */
export const offered = (): readonly Home[] => all<Kept>('homes').toSorted((one, other) => one.place - other.place).map(({ home }) => home);
export const tagOf = ({ home, version }: Kept): string => `"${home.homeId.slice(0, 8)}-${version}"`;
export const offer = (home: NewHome & { pets: boolean }, place: number): Kept => {
  const kept = { home: { ...home, homeId: randomUUID(), createdAt: new Date().toISOString() }, version: 1, place };
  keep(kept);
  return kept;
};

export const say = (homeId: string, review: Review): void => put(`reviews-${homeId}`, String(review.reviewId), review);
/** The latest first. */
export const said = (homeId: string): readonly Review[] => all<Review>(`reviews-${homeId}`).toSorted((one, other) => other.reviewId - one.reviewId);
