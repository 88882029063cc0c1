import { describe } from 'vitest';
import { equal } from '../../../generated/runtime/checks.js';
import { accepts } from './accept.js';
import { accounts } from './account.js';
import { actions } from './action.js';
import { brokenError } from './answer.js';
import { batches } from './batch.js';
import { browsers } from './browsers.js';
import { caches } from './cache.js';
import { callers } from './callers.js';
import { changes } from './change.js';
import { conditions } from './conditions.js';
import { contents } from './contents.js';
import { defineFixtures, type Fixtures, type Names } from './fixtures.js';
import { lists } from './list.js';
import type { ApiPlan, Plan, Row } from './plan.js';
import { Promises, seeded } from './promise.js';
import { quotas } from './quota.js';
import { named, Session, told } from './session.js';
import { isConflict, judged, taken, type Subject } from './subject.js';
import { throttles } from './throttle.js';
import { timeouts } from './timeout.js';
import { uploads } from './upload.js';
import { at as follow, expanded, renewed } from './values.js';
import { bodies } from './body.js';

export { defineFixtures, type Fixtures, type Names };

/** All that one operation promises, tried out. */
export const contract = (api: ApiPlan, fixtures: Fixtures, plan: Plan): void => {
  describe(`${plan.operation} · ${plan.method} ${plan.path}${plan.title === undefined ? '' : ` · ${plan.title}`}`, () => {
    const session = new Session(api, fixtures, plan.operation);
    const subject: Subject = { api, plan, session, promises: new Promises(session, plan.operation, plan.checked) };
    seeded(session);
    answers(subject);
    batches(subject);
    takes(subject);
    refuses(subject);
    bodies(subject);
    callers(subject);
    throttles(subject);
    quotas(subject);
    timeouts(subject);
    caches(subject);
    accepts(subject);
    uploads(subject);
    lists(subject);
    browsers(subject);
    conditions(subject);
    changes(subject);
    actions(subject);
    contents(subject);
    accounts(subject);
  });
};

/** Deleting for real costs where the suite did not make what it deletes. */
const harms = ({ plan, session: { settings } }: Subject): boolean => plan.method === 'DELETE' && !settings.local && !settings.costly && plan.needs === undefined;

const answers = (subject: Subject): void => subject.promises.section('answers', (test) => {
  const { plan, session } = subject;
  for (const [name, given, at] of plan.good) {
    test(name, at, async ({ hold, skip }) => {
      if (harms(subject)) skip('it deletes, and this is no local run: ask for it with --include-costly');
      const shown = name.startsWith('the example ');
      const reply = await session.ask(plan, { given, varied: !shown });
      // What the document shows may be there already.
      hold(reply, shown && isConflict(plan, reply) ? judged(subject, reply) : taken(subject, reply, at));
      const { fixed } = plan;
      if (fixed) hold(reply, reply.status === fixed.status && (fixed.body === undefined || reply.json === undefined || equal(fixed.body, reply.json)) ? [] : [{ message: `the answer is to be ${fixed.status} ${JSON.stringify(fixed.body)}`, at }]);
    });
  }
  if (session.stated(plan)?.body !== undefined) test('what nobody knows is answered as declared', plan.at, async ({ hold }) => {
    const reply = await session.ask(plan, { made: true });
    hold(reply, judged(subject, reply));
  });
  const [variable = '', need] = Object.entries(plan.needs ?? {}).at(-1) ?? [];
  const maker = need && session.call(need.call);
  if (need && maker?.least !== undefined && plan.method === 'GET') test('of what was made with as little as must be', plan.at, async ({ hold }) => {
    const ids = await session.ids(maker, 'caller', {});
    const made = await session.ask(maker, { given: { ...maker.given, body: maker.least }, varied: true, ids });
    const id = named(made, need.from);
    // Whether that is made at all, and can be read at once, is told of its own.
    if (made.status >= 300 || id === undefined) return;
    const reply = await session.ask(plan, { ids: { ...ids, [variable]: id } });
    hold(reply, judged(subject, reply));
  });
  for (const [place, value] of plan.strangers ?? []) test(`nothing is called so at ${place}`, plan.at, async ({ hold }) => {
    const here = expanded(plan.given.body, place);
    if (here[0] === undefined) return;
    const reply = await session.ask(plan, { change: [here[0], value] });
    hold(reply, judged(subject, reply));
  });
  if ((plan.varies ?? []).length === 0) return;
  for (const round of [1, 2, 3]) {
    test(`values by chance, ${round}`, plan.at, async ({ hold, skip }) => {
      if (harms(subject)) skip('it deletes, and this is no local run: ask for it with --include-costly');
      const reply = await session.ask(plan);
      hold(reply, taken(subject, reply, plan.at));
    });
  }
});

const nameOf = ([place, rule, value]: Row): string => {
  const shown = value === undefined ? 'left out' : JSON.stringify(value);
  return `${place} · ${rule} · ${shown.length > 60 ? `${shown.slice(0, 57)}… (${shown.length} characters)` : shown}`;
};

const takes = (subject: Subject): void => subject.promises.section('takes', (test) => {
  const { plan, session } = subject;
  for (const row of plan.edges ?? []) {
    const [place, rule, value, at] = row;
    test(nameOf(row), at, async ({ hold, skip }) => {
      if (harms(subject)) skip('it deletes, and this is no local run: ask for it with --include-costly');
      // An address that any text will do for is one as well.
      const varied = plan.varies?.some(([each, { kind }]) => each === place && (kind === 'text' || (kind === 'email' && rule === 'any text'))) ?? false;
      const reply = await session.ask(plan, { change: [place, varied ? renewed(value, session.chance) : value] });
      if (place.startsWith('path.')) return hold(reply, judged(subject, reply).filter(() => reply.status !== 404));
      // What the fixtures say is fine there they say of their own value.
      const free = told(session.stated(plan), place) || isConflict(plan, reply);
      hold(reply, free ? judged(subject, reply) : taken(subject, reply, at));
      for (const [name, pointer] of plan.mirrors ?? []) {
        const said = follow(reply.json, pointer);
        hold(reply, place === `query.${name}` && said !== undefined && !equal(said, value ?? null) ? [{ message: `${name} is ${JSON.stringify(value)}, and the answer says ${JSON.stringify(said)} at body#${pointer}`, at }] : []);
      }
    });
  }
});

const refuses = (subject: Subject): void => subject.promises.section('refuses', (test) => {
  const { api, plan, session } = subject;
  for (const row of plan.faults ?? []) {
    const [place, , value, at] = row;
    test(nameOf(row), at, async ({ hold }) => {
      const reply = await session.ask(plan, { change: [place, value] });
      hold(reply, brokenError(api, reply, place.startsWith('path.') ? [400, 404] : [400], at, reply.status === 400));
    });
  }
});
