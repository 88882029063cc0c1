import { equal } from '../../../generated/runtime/checks.js';
import { judged, taken, type Subject } from './subject.js';

/** No thing has this tag. */
const stranger = '"nobody-has-this-tag"';

/** Requests that hold for a version of a thing alone: what is as it was is not sent again, and what was changed in between is left alone. */
export const conditions = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  if (!plan.conditions) return;
  const { kind, statuses, at } = plan.conditions;
  const read = kind === 'read' ? plan : session.call(plan.conditions.read);
  if (!read) return;
  promises.section('conditions', (test) => {
    if (kind === 'read') test('what is as it was is not sent again', at, async ({ hold }) => {
      const ids = await session.ids(plan, 'caller', {});
      const first = await session.ask(plan, { ids });
      const tag = first.headers.get('etag');
      hold(first, [...taken(subject, first, at), ...(tag === null ? [{ message: 'the answer is to have an ETag, by which it can be asked for again', at }] : [])]);
      const same = await session.ask(plan, { ids, headers: [['if-none-match', tag ?? '']] });
      hold(same, same.status === 304 ? judged(subject, same) : [{ message: `it is as it was, and the answer is ${same.status}, not 304`, at }]);
      const other = await session.ask(plan, { ids, headers: [['if-none-match', stranger]] });
      hold(other, other.status === first.status ? judged(subject, other) : [{ message: `the caller has another version, and the answer is ${other.status}`, at }]);
    });
    if (kind === 'change') test('what was changed in between is left alone', at, async ({ hold, skip }) => {
      const ids = await session.ids(plan, 'caller', {});
      const before = await session.look(read, { ids });
      const tag = before.headers.get('etag');
      const refused = await session.ask(plan, { ids, headers: [['if-match', stranger]] });
      hold(refused, statuses.includes(refused.status) ? judged(subject, refused) : [{ message: `the caller has seen another version, and the answer is ${refused.status}, not ${statuses.join(' or ')}`, at }]);
      const after = await session.look(read, { ids });
      hold(after, after.status === before.status && equal(before.json ?? null, after.json ?? null) ? [] : [{ message: 'the request was refused, and changed something', at }]);
      if (tag === null) return skip('nothing tells the version of it');
      const done = await session.ask(plan, { ids, headers: [['if-match', tag]] });
      hold(done, taken(subject, done, at));
      const next = await session.look(read, { ids });
      if (next.status >= 400 || equal(before.json ?? null, next.json ?? null)) return;
      const late = await session.ask(plan, { ids, headers: [['if-match', tag]] });
      hold(late, statuses.includes(late.status) ? judged(subject, late) : [{ message: `it was changed since the caller saw it, and the answer is ${late.status}, not ${statuses.join(' or ')}`, at }]);
    });
  });
};
