import { getHome } from '../generated/contract/get-home.js';
import { find, tagOf } from './homes.js';
import { problem } from './problems.js';

export const handler = getHome(async ({ params, headers }) => {
  const kept = find(params.homeId);
  if (!kept) return problem(404, 'There is no such home');
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  if (tags.includes(tagOf(kept)) || tags.includes('*')) return { status: 304 };
  return { status: 200, headers: { etag: tagOf(kept) }, body: kept.home };
});
