import { equal } from '../../../generated/runtime/checks.js';
import { nextOf } from './listing.js';
import type { Lists } from './list.js';
import type { Json } from './plan.js';
import type { Reply } from './session.js';
import { taken } from './subject.js';
import { at as follow } from './values.js';

/** How many come at once, and that one page follows the other: nothing twice, and nothing left out. */
export const pages = ({ subject, way: { limit, offset, page, cursor, total }, test, filled, made }: Lists): void => {
  const { session } = subject;
  if (limit) for (const size of [1, 2]) test(`${limit.name}=${size} gives no more than ${size}`, limit.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const reply = await ask({ [limit.name]: size });
    const found = items(reply).length;
    hold(reply, [...taken(subject, reply, limit.at), ...(found > size ? [{ message: `${size} were asked for, and ${found} came`, at: limit.at }] : [])]);
    const all = items(await ask()).length;
    hold(reply, found < Math.min(size, all) ? [{ message: `${size} were asked for, and ${found} of ${all} came`, at: limit.at }] : []);
  });
  const { default: usual } = limit ?? {};
  if (limit && usual !== undefined && usual <= 100 && made) test(`without ${limit.name} there are no more than ${usual}`, limit.at, async ({ hold, skip }) => {
    if (!session.settings.local && !session.settings.costly) skip('it makes many things: ask for it with --include-costly');
    const { ask, items } = await filled(usual + 1);
    const reply = await ask();
    const found = items(reply).length;
    hold(reply, found > usual ? [{ message: `at most ${usual} come without asking, and ${found} came`, at: limit.at }] : []);
  });
  if (limit && total !== undefined) test(`${total.replace(/^\//, '')} counts all, whatever ${limit.name} is`, limit.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const replies = [await ask({ [limit.name]: 1 }), await ask({ [limit.name]: 2 })];
    const told = (reply: Reply): Json => (total.startsWith('header.') ? Number(reply.headers.get(total.slice('header.'.length)) ?? NaN) : (follow(reply.json, total) ?? null));
    const [one, two] = replies.map(told);
    for (const reply of replies) hold(reply, equal(one ?? null, two ?? null) && Number(one) >= items(reply).length ? [] : [{ message: `${JSON.stringify(one)} are told of with ${limit.name}=1, and ${JSON.stringify(two)} with ${limit.name}=2`, at: limit.at }]);
  });
  if (offset) test(`${offset.name}=1 passes over the first`, offset.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const all = items(await ask({ [offset.name]: 0 }));
    const reply = await ask({ [offset.name]: 1 });
    const [first] = items(reply);
    hold(reply, [...taken(subject, reply, offset.at), ...(all.length > 1 && !equal(first ?? null, all[1]) ? [{ message: `the second of ${all.length} was to be the first, and ${JSON.stringify(first ?? null)} is`, at: offset.at }] : [])]);
  });
  if (page && limit) test(`pages by ${page.name} follow each other`, page.at, async ({ hold }) => {
    const { ask, items } = await filled(4);
    const { first = 1 } = page;
    const together = items(await ask({ [limit.name]: 4, [page.name]: first }));
    if (together.length < 4) return;
    const [one, two] = [await ask({ [limit.name]: 2, [page.name]: first }), await ask({ [limit.name]: 2, [page.name]: first + 1 })];
    const pair = [...items(one), ...items(two)];
    // Where nobody says whether pages begin with 0 or 1, the two may be any neighbours.
    const kept = page.first === undefined ? items(two).every((item) => !items(one).some((other) => equal(item, other))) : equal(pair, together);
    hold(two, [...taken(subject, two, page.at), ...(kept ? [] : [{ message: `the first two pages of 2 have other items than the first of 4: ${JSON.stringify(pair)}, not ${JSON.stringify(together)}`, at: page.at }])]);
  });
  if (page && page.first !== undefined) test(`without ${page.name} the first page comes`, page.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const wanted = items(await ask({ [page.name]: page.first ?? 1 }));
    const reply = await ask();
    hold(reply, equal(items(reply), wanted) ? [] : [{ message: `${page.name}=${page.first} gives other items`, at: page.at }]);
  });
  if (cursor && limit) test(`${cursor.next} leads from one page to the next`, cursor.at, async ({ hold }) => {
    const { ask, items } = await filled(4);
    const whole = await ask({ [limit.name]: 3 });
    const together = items(whole);
    let reply = await ask({ [limit.name]: 1 });
    for (const [index, wanted] of together.entries()) {
      const [own] = items(reply);
      hold(reply, [...taken(subject, reply, cursor.at), ...(equal(own ?? null, wanted) ? [] : [{ message: `page ${index + 1} was to have item ${index + 1}, and has ${JSON.stringify(own ?? null)}`, at: cursor.at }])]);
      const next = nextOf(reply, cursor);
      if (index + 1 === together.length) return;
      hold(reply, next === undefined ? [{ message: `there are more, and nothing at body#${cursor.next} leads to them`, at: cursor.at }] : []);
      reply = await ask({ [limit.name]: 1, [cursor.name]: next ?? '' });
    }
  });
};
