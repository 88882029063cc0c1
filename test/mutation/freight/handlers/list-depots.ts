import { listDepots } from '../generated/contract/list-depots.js';
import { companyOf } from './companies.js';
import { depotsOf } from './depots.js';
import { problem } from './problems.js';

const tokenOf = (start: number): string => Buffer.from(`from:${start}`).toString('base64url');
const startOf = (token: string | undefined): number => (token === undefined ? 0 : Number(/^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]));

export const handler = listDepots(async ({ query, auth }) => {
  const { page_size: size, page_token: token, country, active, order_by: order } = query;
  const start = startOf(token);
  if (!Number.isSafeInteger(start)) return problem(400, 'The page token is none of ours');
  const wanted = depotsOf(companyOf(auth)).filter((depot) => (country === undefined || depot.country === country) && (active === undefined || depot.active === active));
  const sorted = order.startsWith('capacity') ? wanted.toSorted((one, other) => one.capacity - other.capacity) : [...wanted];
  if (order.endsWith('desc')) sorted.reverse();
  const depots = sorted.slice(start, start + size);
  return { status: 200, body: { depots, ...(start + size < sorted.length ? { next_page_token: tokenOf(start + size) } : {}) } };
});
