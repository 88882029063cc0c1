import { brokenError } from './answer.js';
import { taken, type Subject } from './subject.js';

/** How long is waited for an answer. Nobody waits here: the local gateway is told how long the code is to be thought to take. */
export const timeouts = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  if (!plan.timeout) return;
  const { seconds, at } = plan.timeout;
  const slow = 'nobody can make code take its time there';
  const delay = (ms: number): { readonly headers: readonly (readonly [string, string])[] } => ({ headers: [['x-gatewright-delay', `${Math.round(ms)}ms`]] });
  promises.section('timeout', (test) => {
    test(`what takes ${seconds} seconds is waited for`, at, async ({ hold }) => {
      session.only(slow);
      const reply = await session.ask(plan, delay(seconds * 1000));
      hold(reply, plan.checked ? taken(subject, reply, at) : reply.status === 504 ? [{ message: 'it was not waited for', at }] : []);
    });
    test(`what takes longer than ${seconds} seconds is given up`, at, async ({ hold }) => {
      session.only(slow);
      const reply = await session.ask(plan, delay(seconds * 1000 + 1));
      hold(reply, brokenError(api, reply, [api.ownErrors ? 504 : 503], at, api.ownErrors));
    });
  });
};
