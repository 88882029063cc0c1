import { equal } from '../../../generated/runtime/checks.js';
import { taken, type Subject } from './subject.js';
import type { Json } from './plan.js';
import type { Ask, Reply } from './session.js';
import { at as follow } from './values.js';

/** Lists: that a page is no longer than asked for, and that a selection selects. */
export const lists = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  const { list } = plan;
  if (!list) return;
  const maker = list.maker === undefined ? undefined : api.calls[list.maker];
  const itemsOf = ({ json }: Reply): readonly Json[] => {
    const items = follow(json, list.items);
    return Array.isArray(items) ? (items as readonly Json[]) : [];
  };
  const fill = async (count: number): Promise<void> => {
    if (plan.cached) session.only('its answers are kept for a while');
    if (!maker) return;
    for (let made = 0; made < count; made++) await session.ask(maker);
  };
  promises.section('list', (test) => {
    const { limit, filters, offset } = list;
    if (limit) for (const size of [1, 2]) test(`${limit.name}=${size} gives no more than ${size}`, limit.at, async ({ hold }) => {
      await fill(3);
      const reply = await session.ask(plan, { change: [`query.${limit.name}`, size] });
      const found = itemsOf(reply).length;
      hold(reply, [...taken(subject, reply, limit.at), ...(found > size ? [{ message: `${size} were asked for, and ${found} came`, at: limit.at }] : [])]);
      const all = itemsOf(await session.ask(plan, { change: [`query.${limit.name}`, undefined] })).length;
      hold(reply, found < Math.min(size, all) ? [{ message: `${size} were asked for, and ${found} of ${all} came`, at: limit.at }] : []);
    });
    const { default: usual } = limit ?? {};
    if (limit && usual !== undefined && usual <= 100 && maker) test(`without ${limit.name} there are no more than ${usual}`, limit.at, async ({ hold, skip }) => {
      if (!session.settings.local && !session.settings.costly) skip('it makes many things: ask for it with --include-costly');
      await fill(usual + 1);
      const reply = await session.ask(plan, { change: [`query.${limit.name}`, undefined] });
      const found = itemsOf(reply).length;
      hold(reply, found > usual ? [{ message: `at most ${usual} come without asking, and ${found} came`, at: limit.at }] : []);
    });
    if (offset) test(`${offset.name}=1 passes over the first`, offset.at, async ({ hold }) => {
      await fill(3);
      const all = itemsOf(await session.ask(plan, { change: [`query.${offset.name}`, 0] }));
      const reply = await session.ask(plan, { change: [`query.${offset.name}`, 1] });
      const [first] = itemsOf(reply);
      hold(reply, [...taken(subject, reply, offset.at), ...(all.length > 1 && !equal(first ?? null, all[1]) ? [{ message: `the second of ${all.length} was to be the first, and ${JSON.stringify(first ?? null)} is`, at: offset.at }] : [])]);
    });
    for (const { name, nobody, at } of filters) if (nobody !== undefined) test(`${name} selects nothing by what nothing has`, at, async ({ hold }) => {
      await fill(2);
      const reply = await session.ask(plan, { change: [`query.${name}`, nobody] });
      const found = itemsOf(reply).length;
      hold(reply, found > 0 ? [{ message: `nothing has ${name} ${JSON.stringify(nobody)}, and ${found} came`, at }] : []);
    });
    for (const { name, property, values, at } of filters) if (property !== undefined) test(`${name} selects by ${property.slice(1)}`, at, async ({ hold }) => {
      await fill(2);
      const ask = async (value: Json | undefined): Promise<Reply> => session.ask(plan, { change: [`query.${name}`, value] } satisfies Ask);
      const has = (item: Json, value: Json): boolean => [follow(item, property) ?? null].flat().some((each) => equal(each, value));
      const own = itemsOf(await ask(undefined)).flatMap((item) => [follow(item, property) ?? null].flat() as readonly Json[]).find((value) => typeof value === 'string' || typeof value === 'number');
      for (const value of own === undefined ? values : [own, ...values]) {
        const reply = await ask(value);
        const found = itemsOf(reply);
        hold(reply, [
          ...found.filter((item) => !has(item, value)).slice(0, 1).map((item) => ({ message: `${name}=${String(value)} was asked for, and ${JSON.stringify(follow(item, property) ?? null)} came`, at })),
          ...(found.length === 0 && value === own ? [{ message: `${name}=${String(value)} was there, and is not found`, at }] : []),
        ]);
      }
    });
  });
};
