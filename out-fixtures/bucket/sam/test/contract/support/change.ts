import { equal } from '../../../generated/runtime/checks.js';
import { sentBy, unlike, unsame } from './echo.js';
import type { Given, Json, Plan } from './plan.js';
import { named, type Reply } from './session.js';
import { judged, taken, type Subject } from './subject.js';
import { at as follow, own } from './values.js';
import type { Wire } from './wire.js';

/** What is there without being made: that it reads as it was written, that what is taken back is gone, and that what is not there is not found. */
export const changes = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { change, missing, partial, replaced, repeat, settled, at } = plan;
  const read = change && session.call(change.read);
  promises.section('life', (test) => {
    if (change && read) for (const who of ['caller', 'other'] as const) test(who === 'caller' ? 'what is written is answered, and read' : 'what another writes is read by them, and leaves the first one alone', at, async ({ hold, skip }) => {
      const ids = await session.ids(plan, who, {});
      if (who === 'other' && equal(shownBy(await session.request(read, { ids })), shownBy(await session.request(read, { ids, who })))) skip('there is one caller');
      const first = await session.look(read, { ids });
      const before = await session.look(read, { ids, who });
      if (who === 'other' && before.status >= 400) skip('another caller may not');
      const write = async (given?: Given): Promise<Json | undefined> => {
        const reply = await session.ask(plan, { ids, who, ...(given ? { given, varied: true } : {}) });
        const written = sentBy(reply);
        hold(reply, [...taken(subject, reply, at), ...unlike(written, reply, change.written, at)]);
        const found = await session.look(read, { ids, who });
        hold(found, found.status >= 300 ? [{ message: `what was written is not found: ${found.status}`, at: read.at }] : unlike(written, found, change.echoes, read.at));
        return written;
      };
      if (plan.other !== undefined) await write({ ...plan.given, body: plan.other });
      const written = await write();
      const told = ({ json }: Reply): Json => change.echoes.map(([, to]) => follow(json, to) ?? null);
      // Where each has their own.
      if (equal(told(first), told(before))) return;
      const later = await session.look(read, { ids });
      hold(later, equal(told(first), told(later)) ? [] : [{ message: `somebody else wrote ${JSON.stringify(written)}, and it is read by this caller`, at }]);
    });
    const after = settled && session.call(settled.read);
    if (settled && after) test('what is answered is read', at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const before = await session.look(after, { ids });
      const reply = await session.ask(plan, { ids });
      hold(reply, taken(subject, reply, at));
      if (reply.status >= 300) return;
      // A change may give a thing another name; what is done to it does not.
      const found = await session.look(after, { ids: ['PUT', 'PATCH'].includes(plan.method) ? renamed(plan, reply, ids) : ids });
      hold(found, found.status >= 300 ? [{ message: `it is not found: ${found.status}`, at: after.at }] : unsame(settled.same, reply, found, at));
      const tag = before.headers.get('etag');
      hold(found, tag !== null && tag === found.headers.get('etag') && before.status < 300 && !equal(before.json ?? null, found.json ?? null) ? [{ message: `it is another than before, and its ETag is ${tag} still`, at: after.at }] : []);
    });
    if (missing && (session.known(missing.variable) !== undefined || own(plan.needs, missing.variable))) test('what is not there is not found', at, async ({ hold }) => {
      // A condition is asked for, and what is not there fulfils none (RFC 9110, section 13.1.1).
      const conditional = plan.match !== undefined;
      const reply = await session.ask(plan, { ids: { [missing.variable]: missing.value }, ...(conditional ? { headers: [['if-match', '"nobody-has-this-tag"']] } : {}) });
      const statuses = missing.statuses && [...missing.statuses, ...(conditional ? [412] : [])];
      const told = statuses ? statuses.includes(reply.status) : reply.status >= 400 && reply.status < 500;
      hold(reply, told ? judged(subject, reply) : [{ message: `nothing is called ${JSON.stringify(missing.value)}, and the answer is ${reply.status}${statuses ? `, not ${statuses.join(' or ')}` : ''}`, at }]);
    });
    const whole = partial && session.call(partial.read);
    if (partial && whole) test('what a change does not name stays', at, async ({ hold }) => {
      let ids = await session.ids(plan, 'caller', {});
      for (const body of partial.bodies) {
        const before = await session.look(whole, { ids });
        const reply = await session.ask(plan, { ids, given: { ...plan.given, body }, varied: true });
        hold(reply, taken(subject, reply, at));
        ids = renamed(plan, reply, ids);
        const [written, after] = [sentBy(reply), await session.look(whole, { ids })];
        hold(after, [
          ...unlike(written, after, partial.echoes, at),
          ...partial.echoes.filter(([from, to]) => follow(written, from) === undefined && !equal(follow(before.json, to) ?? null, follow(after.json, to) ?? null))
            .map(([, to]) => ({ message: `${JSON.stringify(written)} does not name it, and body#${to} was ${JSON.stringify(follow(before.json, to) ?? null)} and is ${JSON.stringify(follow(after.json, to) ?? null)}`, at })),
        ]);
      }
    });
    const kept = replaced && session.call(replaced.read);
    if (replaced && kept) test('what a replacement leaves out does not stay', at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const one = await session.ask(plan, { ids });
      hold(one, taken(subject, one, at));
      const named = renamed(plan, one, ids);
      const other = await session.ask(plan, { ids: named, given: { ...plan.given, body: replaced.body }, varied: true });
      hold(other, taken(subject, other, at));
      const [before, after, found] = [sentBy(one), sentBy(other), await session.look(kept, { ids: renamed(plan, other, named) })];
      hold(found, replaced.echoes.filter(([from, to]) => follow(after, from) === undefined && follow(before, from) !== undefined && equal(follow(before, from) ?? null, follow(found.json, to) ?? null))
        .map(([, to]) => ({ message: `${JSON.stringify(after)} replaced it, and body#${to} is ${JSON.stringify(follow(found.json, to))} still`, at })));
    });
    if (repeat) test(`the same ${repeat.header} again does nothing again, and another does`, repeat.at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const wire = await session.request(plan, { ids });
      const nameOf = (reply: Reply): Json => (repeat.from === undefined ? (reply.json ?? null) : (named(reply, repeat.from) ?? null));
      const [one, again, other] = [await session.insist(wire), await session.insist(wire), await session.ask(plan, { ids })];
      hold(one, taken(subject, one, repeat.at));
      hold(again, again.status === 409 || (again.status < 300 && equal(nameOf(one), nameOf(again))) ? judged(subject, again) : [{ message: `the request was sent before, and was answered as another one: ${again.status}`, at: repeat.at }]);
      hold(other, repeat.from !== undefined && other.status < 300 && equal(nameOf(one), nameOf(other)) ? [{ message: `the request has another ${repeat.header}, and was answered as the first one`, at: repeat.at }] : []);
    });
  });
};

/** What the path names, by what an answer calls it: a change may give it another name. */
const renamed = ({ needs = {} }: Plan, reply: Reply, ids: { readonly [variable: string]: Json }): { readonly [variable: string]: Json } => {
  const [last] = Object.entries(needs).slice(-1);
  const name = last && named(reply, last[1].from);
  return last && name !== undefined ? { ...ids, [last[0]]: name } : ids;
};

/** What a request tells of who asks. */
const shownBy = ({ headers, target }: Wire): Json => [target, headers.map(([name, value]) => `${name}: ${value}`)];
