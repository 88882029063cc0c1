import { equal } from '../../../generated/runtime/checks.js';
import { sentBy, unlike } from './echo.js';
import { taken, type Subject } from './subject.js';

/** What is there without being made: that it reads as it was written, that what is taken back is gone, and that what is not there is not found. */
export const changes = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  const { change, undo, missing, at } = plan;
  const [read, back] = [change?.read, undo].map((operation) => (operation === undefined ? undefined : api.calls[operation]));
  promises.section('life', (test) => {
    if (change && read) test('what is written is answered, and read', at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const reply = await session.ask(plan, { ids });
      const written = sentBy(reply);
      hold(reply, [...taken(subject, reply, at), ...unlike(written, reply, change.written, at)]);
      const found = await session.ask(read, { ids });
      hold(found, found.status >= 300 ? [{ message: `what was written is not found: ${found.status}`, at: read.at }] : unlike(written, found, change.echoes, read.at));
    });
    if (back) test(`${back.operation} takes it back`, at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const [done, undone] = [await session.ask(plan, { ids }), await session.ask(back, { ids })];
      hold(undone, done.status < 300 && undone.status < 300 && equal(done.json ?? null, undone.json ?? null) ? [{ message: `the answer is what ${plan.operation} answered`, at: back.at }] : []);
    });
    if (missing && (session.fixtures.ids?.[missing.variable] !== undefined || plan.needs?.[missing.variable])) test('what is not there is not found', at, async ({ hold }) => {
      const reply = await session.ask(plan, { ids: { [missing.variable]: missing.value } });
      hold(reply, reply.status >= 400 && reply.status < 500 ? [] : [{ message: `nothing is called ${JSON.stringify(missing.value)}, and the answer is ${reply.status}`, at }]);
    });
  });
};
