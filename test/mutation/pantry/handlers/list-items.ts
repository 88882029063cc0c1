import { listItems } from '../generated/contract/list-items.js';
import { items } from './pantry.js';

export const handler = listItems(async ({ query }) => {
  const { page = 0, size = 10, name, state, added_after: after, sort, order } = query;
  const wanted = items()
    .filter((item) => (state === undefined ? item.state !== 'archived' : item.state === state))
    .filter((item) => name === undefined || item.name.toLowerCase().includes(name.toLowerCase()))
    .filter(({ addedAt }) => after === undefined || Date.parse(addedAt) > Date.parse(after));
  const sorted = sort === undefined ? wanted : wanted.toSorted((one, other) => (sort === 'amount' ? one.amount - other.amount : one.name.localeCompare(other.name)) * (order === 'desc' ? -1 : 1));
  return { status: 200, body: { data: sorted.slice(page * size, (page + 1) * size), meta: { total: wanted.length, pages: Math.ceil(wanted.length / size) } } };
});
