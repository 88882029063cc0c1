import type { Names } from './contract/support/api.js';
import { defineFixtures } from './contract/support/fixtures.js';
import { put } from '../store.js';

const homeId = '3f2b8c1e-5d4a-4f6b-9c7d-1e2f3a4b5c6d';

export const fixtures = defineFixtures<Names>({
  before: () => put('homes', homeId, { home: { homeId, name: 'A home', city: 'Basel', price: 100, pets: false, createdAt: '2026-01-15T10:20:30Z' }, version: 1, place: 0 }),
  requests: { book: { body: { homeId } }, changeBooking: { body: { homeId } } },
});
