import { equal } from '../../../generated/runtime/checks.js';
import type { Json } from './plan.js';
import { judged, taken, type Subject } from './subject.js';
import { at as follow } from './values.js';

/** What is done to a thing: that it is taken back, counted, and refused where it was done before. */
export const actions = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { undo, once, only, at } = plan;
  const read = only && session.call(only.read);
  const back = undo && session.call(undo.call);
  promises.section('life', (test) => {
    if (back) test(`${back.operation} takes it back`, at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const [done, undone] = [await session.ask(plan, { ids }), await session.ask(back, { ids })];
      hold(undone, done.status < 300 && undone.status < 300 && equal(done.json ?? null, undone.json ?? null) ? [{ message: `the answer is what ${plan.operation} answered`, at: back.at }] : []);
      const [many, fewer] = [done, undone].map(({ json }) => follow(json, undo.count ?? ''));
      hold(undone, typeof many === 'number' && typeof fewer === 'number' && many !== fewer + 1 ? [{ message: `it was done once, and body#${undo.count ?? ''} was ${many} and is ${fewer}`, at }] : []);
    });
    for (const leaving of only?.leave ?? []) test(`it is not done after ${leaving}`, at, async ({ hold, skip }) => {
      const leave = session.call(leaving);
      if (!only || !read || !leave) return;
      const ids = await session.ids(plan, 'caller', {});
      const state = async (): Promise<Json | undefined> => follow((await session.look(read, { ids })).json, only.pointer);
      if (await state() !== only.state) skip(`it is not ${only.state} at first`);
      await session.ask(leave, { ids });
      const now = await state();
      if (now === only.state) skip(`it is ${only.state} still`);
      const reply = await session.ask(plan, { ids });
      hold(reply, reply.status >= 400 && reply.status < 500 ? judged(subject, reply) : [{ message: `it is ${JSON.stringify(now)}, not ${only.state}, and the answer is ${reply.status}`, at }]);
    });
    if (once) test('done again, it is a conflict', once.at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const [one, again] = [await session.ask(plan, { ids }), await session.ask(plan, { ids })];
      hold(one, taken(subject, one, at));
      // What changes nothing was not done again.
      hold(again, again.status === 409 ? judged(subject, again) : again.status < 300 && equal(one.json ?? null, again.json ?? null) ? [] : [{ message: `it was done before, and the answer is ${again.status}`, at: once.at }]);
    });
  });
};
