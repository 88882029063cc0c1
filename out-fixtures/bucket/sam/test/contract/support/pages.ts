import { equal } from '../../../generated/runtime/checks.js';
import { areSame, isSame, nextOf, usual } from './listing.js';
import type { Lists } from './list.js';
import type { Json } from './plan.js';
import type { Reply } from './session.js';
import { taken } from './subject.js';
import { at as follow } from './values.js';

/** Fewer than these are no page of a longer list. */
const few = 5;

/** How many come at once, and that one page follows the other: nothing twice, and nothing left out. */
export const pages = ({ subject, way, test, filled, made }: Lists): void => {
  const { plan, session } = subject;
  const { limit, offset, page, cursor, total, counts = [], more } = way;
  if (limit) for (const size of [1, 2]) test(`${limit.name}=${size} gives no more than ${size}`, limit.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const reply = await ask({ [limit.name]: size });
    const found = items(reply).length;
    hold(reply, [...taken(subject, reply, limit.at), ...(found > size ? [{ message: `${size} were asked for, and ${found} came`, at: limit.at }] : [])]);
    const all = items(await ask()).length;
    hold(reply, found < Math.min(size, all) ? [{ message: `${size} were asked for, and ${found} of ${all} came`, at: limit.at }] : []);
  });
  const { default: told } = limit ?? {};
  if (limit && told !== undefined && told <= 100 && made) test(`without ${limit.name} there are no more than ${told}`, limit.at, async ({ hold, skip }) => {
    if (!session.settings.local && !session.settings.costly) skip('it makes many things: ask for it with --include-costly');
    const { ask, items, all } = await filled(told + 1);
    const reply = await ask();
    const found = items(reply).length;
    const stated = items(await ask({ [limit.name]: told })).length;
    hold(reply, found < stated ? [{ message: `${stated} come with ${limit.name}=${told}, and ${found} without`, at: limit.at }] : []);
    const next = told + 1;
    const wider = limit.most !== undefined && limit.most >= next ? await ask({ [limit.name]: next }) : undefined;
    const there = wider && items(wider).length >= next ? next : (await all()).items.length;
    if (wider && items(wider).length < next && there >= next) hold(wider, [{ message: `${next} were asked for, and ${items(wider).length} of more came`, at: limit.at }]);
    hold(reply, stated < Math.min(told, there) ? [{ message: `${told} were asked for, and ${stated} of ${there} came`, at: limit.at }] : []);
    hold(reply, found > told ? [{ message: `at most ${told} come without asking, and ${found} came`, at: limit.at }] : []);
  });
  if (limit && total !== undefined) test(`${total.replace(/^\//, '')} counts all, whatever ${limit.name} is`, limit.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const replies = [await ask({ [limit.name]: 1 }), await ask({ [limit.name]: 2 })];
    const told = (reply: Reply): Json => (total.startsWith('header.') ? Number(reply.headers.get(total.slice('header.'.length)) ?? NaN) : (follow(reply.json, total) ?? null));
    const [one, two] = replies.map(told);
    for (const reply of replies) hold(reply, equal(one ?? null, two ?? null) && Number(one) >= items(reply).length ? [] : [{ message: `${JSON.stringify(one)} are told of with ${limit.name}=1, and ${JSON.stringify(two)} with ${limit.name}=2`, at: limit.at }]);
  });
  if (counts.length > 0 || total?.startsWith('header.') === true) test('where all come at once, they are as many as is said', plan.at, async ({ hold }) => {
    const { ask, items } = await filled(2);
    const size = limit && Math.min(limit.most ?? usual, usual);
    const reply = await ask(limit && size ? { [limit.name]: size } : {});
    const found = items(reply).length;
    // Whether that is all of it: where the document does not say how many come at most, a long list may have been cut off.
    const cut = found >= (size ?? Infinity) || (limit?.most === undefined && !cursor && (found >= few || page !== undefined || offset !== undefined));
    if (reply.status >= 300 || cut || (cursor && nextOf(reply, cursor) !== undefined) || (more !== undefined && follow(reply.json, more) === true)) return;
    const header = total?.startsWith('header.') === true ? total.slice('header.'.length) : undefined;
    const told: readonly (readonly [place: string, value: Json | undefined])[] = [...counts.map((pointer) => [`body#${pointer}`, follow(reply.json, pointer)] as const), ...(header === undefined ? [] : [[header, Number(reply.headers.get(header) ?? NaN)] as const])];
    hold(reply, told.filter(([, value]) => value !== undefined && value !== null && value !== found).map(([place, value]) => ({ message: `${found} came, and ${place} is ${JSON.stringify(value)}`, at: plan.at })));
  });
  if (limit && more !== undefined) test(`${more.slice(1)} says whether there are more`, limit.at, async ({ hold }) => {
    const { ask, items } = await filled(2);
    const size = Math.min(limit.most ?? usual, usual);
    const all = await ask({ [limit.name]: size });
    const [one, count] = [await ask({ [limit.name]: 1 }), items(all).length];
    hold(one, count > 1 && follow(one.json, more) === false ? [{ message: `there are ${count}, one came, and body#${more} is false`, at: limit.at }] : []);
    if (count >= size || follow(all.json, more) !== true) return;
    const next = cursor && nextOf(all, cursor);
    const place = cursor ? (next === undefined ? undefined : { [cursor.name]: next }) : offset ? { [offset.name]: count } : undefined;
    if (place === undefined) return hold(all, cursor ? [{ message: `body#${more} says that there are more, and nothing at body#${cursor.next} leads to them`, at: limit.at }] : []);
    const rest = await ask({ [limit.name]: size, ...place });
    hold(rest, items(rest).length === 0 && follow(rest.json, more) !== true ? [{ message: `body#${more} said that there are more, and there are none`, at: limit.at }] : []);
  });
  if (offset) test(`${offset.name}=1 passes over the first`, offset.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const all = items(await ask({ [offset.name]: 0 }));
    const reply = await ask({ [offset.name]: 1 });
    const [first] = items(reply);
    hold(reply, [...taken(subject, reply, offset.at), ...(all.length > 1 && !isSame(first, all[1], way) ? [{ message: `the second of ${all.length} was to be the first, and ${JSON.stringify(first ?? null)} is`, at: offset.at }] : [])]);
  });
  if (page && limit) test(`pages by ${page.name} follow each other`, page.at, async ({ hold }) => {
    const { ask, items } = await filled(4);
    const { first = 1 } = page;
    const together = items(await ask({ [limit.name]: 4, [page.name]: first }));
    if (together.length < 4) return;
    const [one, two] = [await ask({ [limit.name]: 2, [page.name]: first }), await ask({ [limit.name]: 2, [page.name]: first + 1 })];
    const pair = [...items(one), ...items(two)];
    // Where nobody says whether pages begin with 0 or 1, the two may be any neighbours.
    const kept = page.first === undefined ? items(two).every((item) => !items(one).some((other) => isSame(item, other, way))) : areSame(pair, together, way);
    hold(two, [...taken(subject, two, page.at), ...(kept ? [] : [{ message: `the first two pages of 2 have other items than the first of 4: ${JSON.stringify(pair)}, not ${JSON.stringify(together)}`, at: page.at }])]);
  });
  if (page && page.first !== undefined) test(`without ${page.name} the first page comes`, page.at, async ({ hold }) => {
    const { ask, items } = await filled(3);
    const wanted = items(await ask({ [page.name]: page.first ?? 1 }));
    const reply = await ask();
    hold(reply, areSame(items(reply), wanted, way) ? [] : [{ message: `${page.name}=${page.first} gives other items`, at: page.at }]);
  });
  if (cursor && limit) test(`${cursor.next} leads from one page to the next`, cursor.at, async ({ hold }) => {
    const { ask, items } = await filled(4);
    const whole = await ask({ [limit.name]: 3 });
    const together = items(whole);
    let reply = await ask({ [limit.name]: 1 });
    for (const [index, wanted] of together.entries()) {
      const [own] = items(reply);
      hold(reply, [...taken(subject, reply, cursor.at), ...(isSame(own, wanted, way) ? [] : [{ message: `page ${index + 1} was to have item ${index + 1}, and has ${JSON.stringify(own ?? null)}`, at: cursor.at }])]);
      const next = nextOf(reply, cursor);
      if (index + 1 === together.length) return;
      hold(reply, next === undefined ? [{ message: `there are more, and nothing at body#${cursor.next} leads to them`, at: cursor.at }] : []);
      reply = await ask({ [limit.name]: 1, [cursor.name]: next ?? '' });
    }
  });
};
