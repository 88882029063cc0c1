import { describe } from 'vitest';
import { equal } from '../../../generated/runtime/checks.js';
import { sentBy, unlike } from './echo.js';
import type { Fixtures } from './fixtures.js';
import type { ApiPlan, Call, Echo, Json, Story } from './plan.js';
import { Promises, seeded, type Told } from './promise.js';
import { named, Session, Unknown, type Reply } from './session.js';
import { at as follow } from './values.js';

/** One thing that was made: what it is called, and what was written into it. */
interface Made { readonly id: Json; readonly ids: { readonly [variable: string]: Json }; readonly body: Json | undefined; readonly reply: Reply }

/** A thing is made, read, changed, listed and deleted, beside another of its kind that nothing of this may touch. */
export const story = (api: ApiPlan, fixtures: Fixtures, plan: Story): void => {
  describe(`the life of ${plan.name}`, () => {
    const create = callOf(api, plan.create);
    const session = new Session(api, fixtures, plan.create);
    const promises = new Promises(session, plan.create);
    const { from } = needOf(plan, api, create);
    seeded(session);

    const make = async (hold: Told['hold'], base: { readonly [variable: string]: Json }): Promise<Made> => {
      const reply = await session.ask(create, { ids: base });
      const id = named(reply, from);
      hold(reply, reply.status >= 300 || id === undefined ? [{ message: `nothing was made: ${reply.status}`, at: create.at }] : []);
      const body = sentBy(reply);
      hold(reply, unlike(body, reply, plan.echoes[create.operation]?.written ?? [], create.at));
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
    const readable = async (made: Made, written: Json | undefined, hold: Told['hold'], echoes: readonly Echo[]): Promise<void> => {
      if (!read) return;
      const reply = await session.ask(read, { ids: made.ids });
      hold(reply, reply.status >= 300 ? [{ message: `what was made is not found: ${reply.status}`, at: read.at }] : unlike(written, reply, echoes, read.at));
      const own = named(reply, from);
      hold(reply, from.startsWith('body#') && own !== undefined && !equal(own, made.id) ? [{ message: `${JSON.stringify(made.id)} was asked for, and ${JSON.stringify(own)} came`, at: read.at }] : []);
    };

    promises.section('life', (test) => {
      test('each of two that are made reads as it was written', create.at, async ({ hold }) => {
        const [one, other] = await two(hold);
        const { read: echoes = [] } = plan.echoes[create.operation] ?? {};
        await readable(one, one.body, hold, echoes);
        await readable(other, other.body, hold, echoes);
      });
      test('two that are alike are two', create.at, async ({ hold }) => {
        const ids = await session.ids(create, 'caller', {});
        const [one, other] = [await session.ask(create, { given: create.given, ids }), await session.ask(create, { given: create.given, ids })];
        const [first, second] = [named(one, from), named(other, from)];
        // Where the caller chose the name, the second may well be the first, written again.
        const chosen = first !== undefined && holds(sentBy(one), first);
        hold(other, one.status < 300 && other.status < 300 && first !== undefined && !chosen && equal(first, second ?? null) ? [{ message: `both are called ${JSON.stringify(first)}`, at: create.at }] : []);
      });
      for (const operation of plan.update ?? []) {
        const update = callOf(api, operation);
        test(`${operation} changes one, and leaves the other alone`, update.at, async ({ hold }) => {
          const [one, other] = await two(hold);
          const before = read && plan.stays ? await session.ask(read, { ids: one.ids }) : undefined;
          const reply = await session.ask(update, { ids: one.ids });
          const body = sentBy(reply);
          const { written = [], read: echoes = [] } = plan.echoes[operation] ?? {};
          hold(reply, reply.status >= 300 ? [{ message: `nothing was changed: ${reply.status}`, at: update.at }] : unlike(body, reply, written, update.at));
          const renamed = named(reply, from);
          const changed = renamed === undefined ? one : { ...one, id: renamed, ids: { ...one.ids, [plan.variable]: renamed } };
          await readable(changed, body, hold, echoes);
          if (read && before) {
            const after = await session.ask(read, { ids: changed.ids });
            hold(after, (plan.stays ?? []).filter((pointer) => !equal(follow(before.json, pointer) ?? null, follow(after.json, pointer) ?? null)).map((pointer) => ({ message: `body#${pointer} says when it was made, and was changed`, at: update.at })));
          }
          await readable(other, other.body, hold, plan.echoes[create.operation]?.read ?? []);
        });
      }
      const { remove: removal, list } = plan;
      if (removal !== undefined) test(`${removal} takes one away, and leaves the other`, callOf(api, removal).at, async ({ hold }) => {
        const remove = callOf(api, removal);
        const [one, other] = await two(hold);
        const reply = await session.ask(remove, { ids: one.ids });
        hold(reply, reply.status >= 300 ? [{ message: `nothing was deleted: ${reply.status}`, at: remove.at }] : []);
        if (read) {
          const gone = await session.ask(read, { ids: one.ids });
          hold(gone, gone.status < 400 ? [{ message: `what was deleted is found still: ${gone.status}`, at: remove.at }] : []);
        }
        await readable(other, other.body, hold, plan.echoes[create.operation]?.read ?? []);
        if (list && (session.settings.local || !callOf(api, list.call).cached)) {
          const found = await session.ask(callOf(api, list.call), { ids: one.ids });
          hold(found, holds(follow(found.json, list.at), one.id) ? [{ message: 'what was deleted is listed still', at: remove.at }] : []);
        }
      });
      if (list && Object.keys(create.needs ?? {}).length > 0) test(`${list.call} has nothing of another`, callOf(api, list.call).at, async ({ hold }) => {
        const [here, there] = [await session.ids(create, 'caller', {}), await session.ids(create, 'caller', {})];
        const [own, strange] = [await make(hold, here), await make(hold, there)];
        const reply = await session.ask(callOf(api, list.call), { ids: here });
        hold(reply, !equal(here, there) && !equal(own.id, strange.id) && holds(follow(reply.json, list.at), strange.id) ? [{ message: `${JSON.stringify(strange.id)} was made below another, and is listed here`, at: callOf(api, list.call).at }] : []);
      });
      if (list) test(`${list.call} has what was made`, callOf(api, list.call).at, async ({ hold }) => {
        const listed = callOf(api, list.call);
        if (listed.cached) session.only('its answers are kept for a while');
        const [one, other] = await two(hold);
        const reply = await session.ask(listed, { ids: one.ids });
        for (const { id } of [one, other]) hold(reply, holds(follow(reply.json, list.at), id) ? [] : [{ message: `${JSON.stringify(id)} was made, and is not listed`, at: listed.at }]);
      });
    });
  });
};

const callOf = (api: ApiPlan, operation: string): Call => {
  const call = api.calls[operation];
  if (!call) throw new Unknown(`${operation} is not among the calls.`);
  return call;
};

/** Where the answer of the making call has the id: said by whoever needs it. */
const needOf = (plan: Story, api: ApiPlan, create: Call): { readonly from: string } => {
  const need = [plan.read, plan.remove, ...(plan.update ?? [])].flatMap((operation) => (operation === undefined ? [] : [callOf(api, operation).needs?.[plan.variable]])).find((each) => each?.call === create.operation);
  return need ?? { from: 'header.location' };
};

/** Whether a value is somewhere in another. */
const holds = (value: Json | undefined, wanted: Json): boolean => equal(value, wanted) || (typeof value === 'object' && value !== null && Object.values(value).some((inner: Json) => holds(inner, wanted)));
