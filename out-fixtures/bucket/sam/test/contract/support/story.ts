import { describe } from 'vitest';
import { equal } from '../../../generated/runtime/checks.js';
import type { Broken } from './answer.js';
import { sentBy, unlike, unlikeIn, unsame } from './echo.js';
import type { Fixtures, Who } from './fixtures.js';
import type { ApiPlan, Call, Echo, Json, Story } from './plan.js';
import { Promises, seeded, type Told } from './promise.js';
import { Absent, Unknown } from './errors.js';
import { isFixed, longest, named, Session, type Reply } from './session.js';
import { walk, type Walked } from './listing.js';
import { at as follow, own } from './values.js';
import { write } from './wire.js';

/** One thing that was made: what it is called, and what was written into it. */
interface Made { readonly id: Json; readonly ids: { readonly [variable: string]: Json }; readonly body: Json | undefined; readonly reply: Reply }

/** A thing is made, read, changed, listed and deleted, beside another of its kind that nothing of this may touch. */
export const story = (api: ApiPlan, fixtures: Fixtures, plan: Story): void => {
  describe(`the life of ${plan.name}`, () => {
    const create = callOf(api, plan.create);
    const session = new Session(api, fixtures, `the life of ${plan.name}`);
    const promises = new Promises(session, plan.create);
    const { list } = plan;
    const { from } = needOf(plan, api, create);
    seeded(session);

    const make = async (hold: Told['hold'], base: { readonly [variable: string]: Json }): Promise<Made> => {
      const reply = await session.ask(create, { ids: base });
      if (reply.status === 409 && isFixed(create)) throw new Absent('there is one already, and no other can be asked for');
      const id = named(reply, from);
      hold(reply, reply.status >= 300 || id === undefined ? [{ message: `nothing was made: ${reply.status}`, at: create.at }] : []);
      const body = sentBy(reply);
      hold(reply, unlike(body, reply, plan.echoes[create.operation]?.written ?? [], create.at));
      hold(reply, located({ ...base, [plan.variable]: id ?? null }, reply));
      return { id: id ?? null, ids: { ...base, [plan.variable]: id ?? null }, body, reply };
    };
    const two = async (hold: Told['hold']): Promise<readonly [Made, Made]> => {
      const base = await session.ids(create, 'caller', {});
      const one = await make(hold, base);
      const other = await make(hold, base);
      hold(other.reply, equal(one.id, other.id) ? [{ message: 'two things have the same id', at: create.at }] : []);
      return [one, other];
    };
    const read = plan.read === undefined ? undefined : callOf(api, plan.read);
    /** The answer that something was made says where it is (RFC 9110, section 15.3.2). */
    const located = (ids: Made['ids'], reply: Reply): readonly Broken[] => {
      const location = reply.headers.get('location');
      if (location === null) return plan.location && reply.status === 201 ? [{ message: 'Location is to say where it is, and is missing', at: create.at }] : [];
      if (!read) return [];
      const [wanted, found] = [write(read, { path: ids }).target, new URL(location, `${session.settings.url}${reply.wire.target}`).pathname].map((path) => decodeURIComponent(path.split('?')[0] ?? ''));
      return found?.endsWith(wanted ?? '') === true ? [] : [{ message: `Location is to lead to ${wanted ?? ''}, and is ${location}`, at: create.at }];
    };
    const listed = list && callOf(api, list.call);
    const listing = async (ids: Made['ids'], who: Who = 'caller'): Promise<Walked> => {
      if (!listed?.pages) throw new Unknown(`${list?.call ?? plan.create} tells no list.`);
      return walk(session, listed, listed.pages, { ids, who });
    };
    /** How many are listed, where nobody else makes any meanwhile. */
    const counted = async (ids: Made['ids']): Promise<number | undefined> => {
      const { cached = 0 } = listed ?? {};
      if (!listed || listed.pages?.part || !session.settings.local || cached > longest) return undefined;
      if (cached > 0) await session.advance(cached + 1);
      const found = await listing(ids);
      return found.whole ? found.items.length : undefined;
    };
    const inList = ({ items }: Walked, id: Json): Json | undefined => items.find((item) => equal(follow(item, list?.id ?? '') ?? null, id));
    const readable = async (made: Made, written: Json | undefined, hold: Told['hold'], echoes: readonly Echo[]): Promise<Reply | undefined> => {
      if (!read) return undefined;
      const reply = await session.look(read, { ids: made.ids });
      hold(reply, reply.status >= 300 ? [{ message: `what was made is not found: ${reply.status}`, at: read.at }] : unlike(written, reply, echoes, read.at));
      const own = named(reply, from);
      hold(reply, from.startsWith('body#') && own !== undefined && !equal(own, made.id) ? [{ message: `${JSON.stringify(made.id)} was asked for, and ${JSON.stringify(own)} came`, at: read.at }] : []);
      return reply;
    };

    promises.section('life', (test) => {
      test('each of two that are made reads as it was written', create.at, async ({ hold }) => {
        const [one, other] = await two(hold);
        const { read: echoes = [] } = plan.echoes[create.operation] ?? {};
        await readable(one, one.body, hold, echoes);
        const found = await readable(other, other.body, hold, echoes);
        if (found && plan.same) hold(found, unsame(plan.same, other.reply, found, create.at));
        if (!read) return;
        for (const body of [...(create.other === undefined ? [] : [create.other]), ...(create.kinds ?? [])]) {
          const turned = await session.ask(create, { given: { ...create.given, body }, varied: true, ids: Object.fromEntries(Object.entries(one.ids).filter(([name]) => name !== plan.variable)) });
          const id = named(turned, from);
          if (turned.status >= 300 || id === undefined) continue;
          const last = await session.look(read, { ids: { ...one.ids, [plan.variable]: id } });
          // What is not shown, hidden, put off, may be found by some other way alone; and of alternatives, one may be kept in the form of another.
          const alike = ([place, to]: Echo): boolean => follow(last.json, to) === undefined || kindOf(follow(sentBy(turned), place)) === kindOf(follow(last.json, to));
          hold(last, last.status >= 300 ? [] : unlike(sentBy(turned), last, body === create.other ? echoes : echoes.filter(alike), read.at));
        }
      });
      test('two that are alike are two', create.at, async ({ hold }) => {
        const ids = await session.ids(create, 'caller', {});
        const [one, other] = [await session.ask(create, { given: create.given, ids }), await session.ask(create, { given: create.given, ids })];
        const [first, second] = [named(one, from), named(other, from)];
        // Where the caller chose the name, the second may well be the first, written again.
        const chosen = first !== undefined && holds(sentBy(one), first);
        // Nor is another made where the second is told to be there, by a status of its own.
        hold(other, one.status < 300 && other.status === one.status && first !== undefined && !chosen && equal(first, second ?? null) ? [{ message: `both are called ${JSON.stringify(first)}`, at: create.at }] : []);
      });
      for (const operation of plan.update ?? []) {
        const update = callOf(api, operation);
        test(`${operation} changes one, and leaves the other alone`, update.at, async ({ hold }) => {
          const [one, other] = await two(hold);
          const before = read ? await session.look(read, { ids: one.ids }) : undefined;
          const many = await counted(one.ids);
          // With others chosen than it was made with, where there are a few: what stays is seen then.
          const reply = await session.ask(update, { ids: one.ids, ...(update.other === undefined ? {} : { given: { ...update.given, body: update.other }, varied: true }) });
          const body = sentBy(reply);
          const { written = [], read: echoes = [] } = plan.echoes[operation] ?? {};
          hold(reply, reply.status >= 300 ? [{ message: `nothing was changed: ${reply.status}`, at: update.at }] : unlike(body, reply, written, update.at));
          const renamed = named(reply, from);
          const changed = renamed === undefined ? one : { ...one, id: renamed, ids: { ...one.ids, [plan.variable]: renamed } };
          await readable(changed, body, hold, echoes);
          const now = await counted(changed.ids);
          hold(reply, many !== undefined && now !== undefined && now > many ? [{ message: `${many} were listed, one was changed, and ${now} are`, at: update.at }] : []);
          if (read && before) {
            const after = await session.look(read, { ids: changed.ids });
            const [tag, next] = [before.headers.get('etag'), after.headers.get('etag')];
            const { read: told = [] } = plan.echoes[create.operation] ?? {};
            hold(after, told.filter(([, to]) => !echoes.some(([, other]) => other === to) && !equal(follow(before.json, to) ?? null, follow(after.json, to) ?? null)).map(([, to]) => ({ message: `${operation} cannot name body#${to}, and it was ${JSON.stringify(follow(before.json, to) ?? null)} and is ${JSON.stringify(follow(after.json, to) ?? null)}`, at: update.at })));
            hold(after, tag !== null && tag === next && !equal(before.json ?? null, after.json ?? null) ? [{ message: `it was changed, and its ETag is ${tag} as before`, at: read.at }] : []);
            hold(after, (plan.stays ?? []).filter((pointer) => !equal(follow(before.json, pointer) ?? null, follow(after.json, pointer) ?? null)).map((pointer) => ({ message: `body#${pointer} says when it was made, and was changed`, at: update.at })));
          }
          await readable(other, other.body, hold, plan.echoes[create.operation]?.read ?? []);
        });
      }
      const { remove: removal } = plan;
      if (removal !== undefined) test(`${removal} takes one away, and leaves the other`, callOf(api, removal).at, async ({ hold }) => {
        const remove = callOf(api, removal);
        const [one, other] = await two(hold);
        const looks = read ? [await session.look(read, { ids: one.ids }), await session.look(read, { ids: one.ids })] : [];
        const reply = await session.ask(remove, { ids: one.ids });
        hold(reply, reply.status >= 300 ? [{ message: `nothing was deleted: ${reply.status}`, at: remove.at }] : []);
        const gone = read && await session.look(read, { ids: one.ids });
        // It may be put aside, and be found still: cancelled, archived.
        const aside = gone ? gone.status < 400 && isAnother(looks, gone) : equal(named(reply, from) ?? null, one.id);
        if (gone) hold(gone, gone.status < 400 && !aside ? [{ message: `what was deleted is found still: ${gone.status}`, at: remove.at }] : []);
        await readable(other, other.body, hold, plan.echoes[create.operation]?.read ?? []);
        if (listed && !aside && (session.settings.local || !listed.cached)) {
          const found = await listing(one.ids);
          hold(found.last, inList(found, one.id) === undefined ? [] : [{ message: 'what was deleted is listed still', at: remove.at }]);
        }
      });
      if (read && (read.callers ?? []).length > 0) test('what another caller does not find, they can neither list, change nor take away', read.at, async ({ hold, skip }) => {
        const one = await make(hold, await session.ids(create, 'caller', {}));
        const stranger = { ids: one.ids, who: 'other' } as const;
        const seen = await session.ask(read, stranger);
        const writes = [...(plan.update ?? []), ...(removal === undefined ? [] : [removal])].map((operation) => callOf(api, operation));
        if (seen.status !== 404) {
          if (writes.length === 0 || !api.claims.some((claim) => tenants.test(claim))) skip('another caller may read it');
          const found = listed && !listed.cached ? await listing(one.ids, 'other') : undefined;
          if (found && inList(found, one.id) !== undefined) skip('another caller has it listed');
          for (const write of writes) if ((await session.ask(write, stranger)).status !== 404) skip('another caller may know of it');
          return hold(seen, seen.status < 300 ? [{ message: `a caller of another ${api.claims.find((claim) => tenants.test(claim)) ?? ''} has it neither listed nor finds it to change it, and reads it`, at: read.at }] : []);
        }
        if (listed && !listed.cached) {
          const found = await listing(one.ids, 'other');
          hold(found.last, inList(found, one.id) === undefined ? [] : [{ message: `another caller does not find ${JSON.stringify(one.id)}, and has it listed`, at: listed.at }]);
        }
        // Whatever they are told: to delete what is not there may be fine (RFC 9110, section 9.3.5), and a PUT may make one of their own.
        for (const write of writes) await session.ask(write, stranger);
        await readable(one, one.body, hold, plan.echoes[create.operation]?.read ?? []);
      });
      if (listed && Object.keys(create.needs ?? {}).length > 0) test(`${listed.operation} has nothing of another`, listed.at, async ({ hold }) => {
        const [here, there] = [await session.ids(create, 'caller', {}), await session.ids(create, 'caller', {})];
        const [own, strange] = [await make(hold, here), await make(hold, there)];
        const found = await listing(here);
        hold(found.last, !equal(here, there) && !equal(own.id, strange.id) && inList(found, strange.id) !== undefined ? [{ message: `${JSON.stringify(strange.id)} was made below another, and is listed here`, at: listed.at }] : []);
      });
      if (listed) test(`${listed.operation} has what was made`, listed.at, async ({ hold }) => {
        if (listed.cached) session.only('its answers are kept for a while');
        const [one, other] = await two(hold);
        const found = await listing(one.ids);
        for (const { id, body } of [one, other]) {
          const item = inList(found, id);
          hold(found.last, item === undefined && found.whole && !listed.pages?.part ? [{ message: `${JSON.stringify(id)} was made, and is not listed`, at: listed.at }] : []);
          if (item !== undefined) hold(found.last, unlikeIn(body, item, plan.echoes[create.operation]?.listed ?? [], listed.at));
        }
      });
    });
  });
};

/** Whether a property is another than at two looks before, at which it was the same, or at which there was none. */
const isAnother = (looks: readonly Reply[], now: Reply): boolean => {
  const [first, second, last] = [...looks, now].map(({ json }) => new Map<string, Json>(Object.entries(Object(json) as { readonly [name: string]: Json })));
  return [...new Set([...(second?.keys() ?? []), ...(last?.keys() ?? [])])].some((name) => equal(first?.get(name) ?? null, second?.get(name) ?? null) && !equal(second?.get(name) ?? null, last?.get(name) ?? null));
};

const callOf = (api: ApiPlan, operation: string): Call => {
  const call = own(api.calls, operation);
  if (!call) throw new Unknown(`${operation} is not among the calls.`);
  return call;
};

/** Where the answer of the making call has the id: said by whoever needs it. */
const needOf = (plan: Story, api: ApiPlan, create: Call): { readonly from: string } => {
  const need = [plan.read, plan.remove, ...(plan.update ?? [])].flatMap((operation) => (operation === undefined ? [] : [callOf(api, operation).needs?.[plan.variable]])).find((each) => each?.call === create.operation);
  return need ?? { from: 'header.location' };
};

/** Claims that say for whom a caller acts: what is of one is none of another's. */
const tenants = /tenant|organi[sz]ation|company|workspace|account/i;

/** What a value is: an object, a list, nothing, a text … */
const kindOf = (value: Json | undefined): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

/** Whether a value is somewhere in another. */
const holds = (value: Json | undefined, wanted: Json): boolean => equal(value, wanted) || (typeof value === 'object' && value !== null && Object.values(value).some((inner: Json) => holds(inner, wanted)));
