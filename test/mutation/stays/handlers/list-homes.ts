import { listHomes } from '../generated/contract/list-homes.js';
import { offered } from './homes.js';

export const handler = listHomes(async ({ query }) => {
  const { page, per_page: size, city, pets, min_price: least = 0, max_price: most = Infinity, sort } = query;
  const wanted = offered()
    .filter((home) => city === undefined || home.city === city)
    .filter((home) => pets === undefined || home.pets === pets)
    .filter(({ price }) => price >= least && price <= most);
  const by = sort?.replace('-', '');
  const sorted = by === undefined ? wanted : wanted.toSorted((one, other) => (by === 'price' ? one.price - other.price : one.name < other.name ? -1 : 1));
  const ordered = sort?.startsWith('-') ? sorted.toReversed() : sorted;
  return { status: 200, headers: { 'x-total-count': wanted.length }, body: ordered.slice((page - 1) * size, page * size) };
});
