import { equal } from '../runtime/checks.js';
import { sentBy, unlikeIn } from './echo.js';
import { itemsIn, walk, type Walked } from './listing.js';
import { orders } from './order.js';
import { pages } from './pages.js';
import type { ListPlan, PagesPlan } from './list-plan.js';
import type { Json } from './plan.js';
import type { Ask, Reply } from './session.js';
import { selections } from './selection.js';
import type { Subject } from './subject.js';
import { at as follow } from './values.js';

/** A list with something in it, for one case. */
export interface Listed {
  readonly ask: (query?: { readonly [name: string]: Json }) => Promise<Reply>;
  readonly items: (reply: Reply) => readonly Json[];
  /** All of it, page by page. */
  readonly all: (query?: { readonly [name: string]: Json }) => Promise<Walked>;
}

/** Lists: that a page is no longer than asked for, that pages follow each other, that a selection selects, and that an order orders. */
export const lists = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { list, pages: way } = plan;
  if (!list || !way) return;
  const maker = list.maker === undefined ? undefined : session.call(list.maker);
  const filled = async (count: number): Promise<Listed> => {
    if (plan.cached) session.only('its answers are kept for a while');
    const ids = await session.ids(plan, 'caller', {});
    for (let made = 0; maker && made < count; made++) await session.ask(maker, { ids });
    const ask = (query: Ask['query'] = {}): Promise<Reply> => session.ask(plan, { ids, query });
    return { ask, items: (reply) => itemsIn(reply, way.items), all: (query = {}) => walk(session, plan, way, { ids, query }) };
  };
  promises.section('list', (test) => {
    const all: Lists = { subject, list, way, test, filled, made: maker !== undefined };
    const { made } = list;
    if (made && maker) test('what was made is listed as it was written', plan.at, async ({ hold }) => {
      if (plan.cached) session.only('its answers are kept for a while');
      const ids = await session.ids(plan, 'caller', {});
      const both = [await session.ask(maker, { ids }), await session.ask(maker, { ids })];
      const { items, last, whole } = await walk(session, plan, way, { ids });
      for (const reply of both) {
        const id = follow(reply.json, made.id);
        if (reply.status >= 300 || id === undefined) continue;
        const item = items.find((each) => equal(follow(each, made.item) ?? null, id));
        hold(last, item === undefined && whole && !way.part ? [{ message: `${JSON.stringify(id)} was made, and is not listed`, at: plan.at }] : []);
        if (item !== undefined) hold(last, unlikeIn(sentBy(reply), item, made.echoes, plan.at));
      }
    });
    pages(all);
    selections(all);
    orders(all);
  });
};

/** What the cases of a list have in common. */
export interface Lists {
  readonly subject: Subject;
  readonly list: ListPlan;
  readonly way: PagesPlan;
  readonly test: Parameters<Parameters<Subject['promises']['section']>[1]>[0];
  /** The list with so many more things in it, where something makes them. */
  readonly filled: (count: number) => Promise<Listed>;
  readonly made: boolean;
}
