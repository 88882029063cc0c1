import { equal } from '../runtime/checks.js';
import { sentBy } from './echo.js';
import type { Given } from './plan.js';
import { judged, taken, type Subject } from './subject.js';
import { at as follow, changed } from './values.js';

/** What somebody is known by: that it lets them in, that nothing else does, and that it is nobody else's. */
export const accounts = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { secret, unique, sole, enters, at } = plan;
  const login = enters && session.call(enters.call);
  promises.section('life', (test) => {
    if (secret) test('a wrong password is refused', at, async ({ hold }) => {
      const reply = await session.ask(plan, { change: [secret.place, secret.wrong] });
      hold(reply, reply.status >= 400 && reply.status < 500 ? judged(subject, reply) : [{ message: `the password is wrong, and the answer is ${reply.status}`, at }]);
    });
    if (enters && login) test(`what is written lets one in at ${login.operation}`, at, async ({ hold, skip }) => {
      const reply = await session.ask(plan);
      hold(reply, taken(subject, reply, at));
      if (reply.status >= 300) return;
      const values = enters.pairs.map(([place, from]) => [place, follow(sentBy(reply), from)] as const);
      if (values.some(([, value]) => value === undefined)) skip('the fixtures leave out what is asked for there');
      const entered = await session.ask(login, { made: true, given: values.reduce<Given>((given, [place, value]) => changed(given, place, value), login.given) });
      hold(entered, entered.status >= 300 ? [{ message: `${plan.operation} took what ${login.operation} asks for, and the answer is ${entered.status}`, at: login.at }] : []);
    });
    if (unique) test('the same again is a conflict', at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const wire = await session.request(plan, { ids });
      const [one, again] = [await session.insist(wire), await session.insist(wire)];
      hold(one, taken(subject, one, at));
      hold(again, again.status === 409 ? judged(subject, again) : [{ message: `what may be there once was made twice: ${again.status}`, at }]);
    });
    if (sole) test(`no two have the ${sole.place.split('/').at(-1) ?? ''} that ${sole.by} finds one by`, at, async ({ hold }) => {
      const one = await session.ask(plan);
      hold(one, taken(subject, one, at));
      const name = follow(one.json, sole.to);
      if (name === undefined) return;
      const again = await session.ask(plan, { change: [sole.place, name] });
      // Another status than the first one's says that nothing was made.
      hold(again, again.status === one.status && equal(follow(again.json, sole.to) ?? null, name) ? [{ message: `two are called ${JSON.stringify(name)}, and ${sole.by} finds one`, at }] : []);
    });
  });
};
