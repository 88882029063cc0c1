import { listSpecialEvents } from '../generated/contract/list-special-events.js';
import { list } from './events.js';

export const handler = listSpecialEvents(async ({ query }) => {
  const newest = list().reverse();
  const start = (query.page - 1) * query.limit;
  return { status: 200, body: newest.slice(start, start + query.limit) };
});
