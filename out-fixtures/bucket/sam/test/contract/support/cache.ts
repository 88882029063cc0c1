import { taken, type Subject } from './subject.js';
import type { Broken } from './answer.js';
import type { CachePart } from './plan.js';
import type { Ask, Reply } from './session.js';

const untold = 'nobody tells there whether an answer came from the cache';

const outcome = ({ headers }: Reply): string => headers.get('x-gatewright-cache') ?? 'neither hit nor miss';

/** What is answered from the cache, to whom, and for how long. Only local test mode tells which answers are. */
export const caches = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { cache } = plan;
  if (!cache) return fresh(subject);
  const { at, seconds, parts } = cache;
  const wanted = (reply: Reply, want: 'hit' | 'miss', why: string): readonly Broken[] => (outcome(reply) === want ? [] : [{ message: `the answer is to be a ${want} (${why}), and is ${outcome(reply)}`, at }]);
  promises.section('cache', (test) => {
    const warm = async (): Promise<{ readonly ask: (more?: Ask) => Promise<Reply>; readonly first: Reply }> => {
      session.only(untold);
      const ids = await session.ids(plan, 'caller', {});
      const ask = (more: Ask = {}): Promise<Reply> => session.ask(plan, { given: plan.given, exact: true, ...more, ids: { ...ids, ...more.ids } });
      return { ask, first: await ask() };
    };
    test('the same request again is answered from the cache', at, async ({ hold }) => {
      const { ask, first } = await warm();
      hold(first, [...taken(subject, first, at), ...wanted(first, 'miss', 'nobody asked before')]);
      const second = await ask();
      hold(second, [...taken(subject, second, at), ...wanted(second, 'hit', 'the same was asked before'), ...(second.text === first.text ? [] : [{ message: 'the cached answer is another one', at }])]);
    });
    for (const part of parts) test(`another ${nameOf(part)} is another answer`, at, async ({ hold }) => {
      const { ask } = await warm();
      const other = await ask(otherOf(part));
      hold(other, wanted(other, 'miss', `${nameOf(part)} is part of the key`));
    });
    test(`after ${seconds} seconds it is asked for again`, at, async ({ hold }) => {
      session.only(untold);
      // What a busy machine takes for the requests must not count.
      await session.control('POST', 'clock', { hold: true });
      const { ask } = await warm();
      await session.advance(seconds - 1);
      const soon = await ask();
      hold(soon, wanted(soon, 'hit', `${seconds - 1} of ${seconds} seconds have passed`));
      await session.advance(2);
      const late = await ask();
      hold(late, wanted(late, 'miss', `${seconds} seconds have passed`));
    });
    const fault = (plan.faults ?? []).find(([place]) => !place.startsWith('path.'));
    if (fault) test('an error is not kept', at, async ({ hold }) => {
      session.only(untold);
      const ask: Ask = { given: plan.given, exact: true, change: [fault[0], fault[2]] };
      await session.ask(plan, ask);
      const again = await session.ask(plan, ask);
      hold(again, outcome(again) === 'hit' ? [{ message: `an error (${again.status}) was answered from the cache`, at }] : []);
    });
    const { missing } = plan;
    if (missing) test('that something is missing is not kept', at, async ({ hold }) => {
      session.only(untold);
      const ask: Ask = { given: plan.given, exact: true, ids: { ...await session.ids(plan, 'caller', {}), [missing.variable]: missing.value } };
      const [first, again] = [await session.ask(plan, ask), await session.ask(plan, ask)];
      hold(again, first.status >= 400 && outcome(again) === 'hit' ? [{ message: `an error (${again.status}) was answered from the cache`, at }] : []);
    });
  });
};

/** What nobody says may be kept is not. */
const fresh = ({ plan, session, promises }: Subject): void => {
  if (plan.method !== 'GET') return;
  promises.section('cache', (test) => test('nothing is answered from a cache that nobody asked for', plan.at, async ({ hold }) => {
    session.only(untold);
    const ids = await session.ids(plan, 'caller', {});
    const ask: Ask = { given: plan.given, exact: true, ids };
    await session.ask(plan, ask);
    const again = await session.ask(plan, ask);
    hold(again, outcome(again) === 'hit' ? [{ message: 'the answer came from a cache', at: plan.at }] : []);
  }));
};

const nameOf = (part: CachePart): string => (part.kind === 'principal' ? 'caller' : part.kind === 'claim' ? part.path.join('.') : `${part.in}.${part.name}`);
const otherOf = (part: CachePart): Ask => (part.kind === 'parameter' ? (part.in === 'path' ? { ids: { [part.name]: part.other } } : { change: [`${part.in}.${part.name}`, part.other] }) : { who: 'other' });
