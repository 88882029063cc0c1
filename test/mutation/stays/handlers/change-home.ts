import { changeHome } from '../generated/contract/change-home.js';
import { find, keep, tagOf } from './homes.js';
import { problem } from './problems.js';

export const handler = changeHome(async ({ params, headers, body }) => {
  const before = find(params.homeId);
  if (!before) return problem(404, 'There is no such home');
  const wanted = headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && !wanted.split(',').map((tag) => tag.trim()).includes(tagOf(before))) return problem(412, 'It was changed in between');
  const { name = before.home.name, price = before.home.price, description = before.home.description, pets = before.home.pets } = body;
  const home = { ...before.home, name, price, pets, ...(description === undefined ? {} : { description }), updatedAt: new Date().toISOString() };
  const after = { ...before, home, version: before.version + 1 };
  keep(after);
  return { status: 200, headers: { etag: tagOf(after) }, body: home };
});
