import type { Lists } from './list.js';
import type { FilterPlan, RangePlan } from './list-plan.js';
import type { Json } from './plan.js';
import { taken } from './subject.js';
import { at as follow, isBefore, same } from './values.js';

/** Whether a property is what was asked for: the same, one of several, or a text that has it in it. */
const has = ({ loose }: FilterPlan, own: Json | undefined, value: Json): boolean => [own ?? null].flat().some((each: Json) =>
  same(each, value) || (loose === true && typeof each === 'string' && typeof value === 'string' && each.toLowerCase().includes(value.toLowerCase())));

/** Query parameters that select: that nothing else comes, and that what is there does. */
export const selections = ({ subject, list: { filters, ranges = [] }, test, filled }: Lists): void => {
  for (const { name, nobody, at } of filters) if (nobody !== undefined) test(`${name} selects nothing by what nothing has`, at, async ({ hold }) => {
    const { ask, items } = await filled(2);
    const reply = await ask({ [name]: nobody });
    const found = items(reply).length;
    hold(reply, found > 0 ? [{ message: `nothing has ${name} ${JSON.stringify(nobody)}, and ${found} came`, at }] : []);
  });
  for (const filter of filters) {
    const { name, property, values, at } = filter;
    if (property !== undefined) test(`${name} selects by ${property.slice(1)}`, at, async ({ hold }) => {
      const { ask, items } = await filled(2);
      const own = items(await ask()).flatMap((item) => [follow(item, property) ?? null].flat() as readonly Json[]).find((value) => ['string', 'number', 'boolean'].includes(typeof value));
      for (const value of own === undefined ? values : [own, ...values]) {
        const reply = await ask({ [name]: value });
        const found = items(reply);
        hold(reply, [
          ...found.filter((item) => !has(filter, follow(item, property), value)).slice(0, 1).map((item) => ({ message: `${name}=${String(value)} was asked for, and ${JSON.stringify(follow(item, property) ?? null)} came`, at })),
          ...(found.length === 0 && value === own ? [{ message: `${name}=${String(value)} was there, and is not found`, at }] : []),
        ]);
      }
    });
  }
  for (const range of ranges) {
    const { name, property, side, inclusive, at } = range;
    test(`${name} bounds ${property.slice(1)}`, at, async ({ hold }) => {
      const { ask, items, all } = await filled(3);
      const values = items(await ask()).map((item) => follow(item, property)).filter((value): value is string | number => typeof value === 'string' || typeof value === 'number');
      const bound = extreme(range, values);
      if (bound === undefined) return;
      const reply = await ask({ [name]: bound });
      const found = items(reply).map((item) => follow(item, property));
      const beyond = found.find((value) => (side === 'least' ? isBefore(value, bound) : isBefore(bound, value)));
      hold(reply, [
        ...taken(subject, reply, at),
        ...(beyond === undefined ? [] : [{ message: `${name}=${bound} was asked for, and ${JSON.stringify(beyond)} came`, at }]),
      ]);
      // Among others, where more than a page is beyond the bound.
      const every = inclusive ? await all({ [name]: bound }) : undefined;
      hold(every?.last ?? reply, every?.whole && !every.items.some((item) => same(follow(item, property), bound)) ? [{ message: `${name}=${bound} was asked for, and what has just that is not found`, at }] : []);
    });
  }
};

/** The value that shuts out the most. */
const extreme = ({ side }: RangePlan, values: readonly (string | number)[]): string | number | undefined =>
  values.reduce<string | number | undefined>((found, value) => (found === undefined || (side === 'least' ? isBefore(found, value) : isBefore(value, found)) ? value : found), undefined);
