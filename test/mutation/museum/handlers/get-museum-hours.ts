import { getMuseumHours } from '../generated/contract/get-museum-hours.js';

export const handler = getMuseumHours(async ({ query }) => {
  const first = Date.parse(query.startDate ?? '2026-01-01');
  const days = Array.from({ length: 60 }, (_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10));
  const start = (query.page - 1) * query.limit;
  return { status: 200, body: days.slice(start, start + query.limit).map((date) => ({ date, timeOpen: '09:00', timeClose: '18:00' })) };
});
