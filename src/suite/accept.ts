import { equal } from '../runtime/checks.js';
import { contents, expected, fits, givenBy, shown, type Sent } from './message.js';
import { judged, type Subject } from './subject.js';
import type { Broken } from './answer.js';
import type { AcceptPlan, Json, Place, SendPlan } from './plan.js';
import type { Reply } from './session.js';
import { at as follow } from './values.js';

/** What is answered now, and what is sent on to be done later. */
export const accepts = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { accept, sends } = plan;
  if (sends) promises.section('later', (test) => sending(subject, sends, test));
  if (!accept) return;
  const { at } = accept;
  promises.section('later', (test) => {
    test(`is acknowledged with ${accept.status}, and a way to follow it`, at, async ({ hold }) => {
      const reply = await session.ask(plan);
      hold(reply, [...judged(subject, reply), ...acknowledged(accept, reply)]);
      const location = reply.headers.get('location');
      if (location === null || !session.settings.local) return;
      await session.control('POST', 'work', {});
      const followed = await session.send({ method: 'GET', target: location, headers: Object.entries((await session.identities.show(plan, 'caller')).headers ?? {}) });
      hold(followed, [
        ...([404, 403].includes(followed.status) && followed.text.includes('no such operation') ? [{ message: `Location points to nothing: ${location}`, at }] : []),
        ...(followed.status >= 500 ? [{ message: `what follows the work answers ${followed.status}`, at }] : []),
      ]);
    });
    sending(subject, accept, test);
    test('the next one is followed by an id of its own', at, async ({ hold }) => {
      const one = await session.ask(plan);
      const two = await session.ask(plan);
      hold(two, (accept.tracking ?? []).filter((pointer) => equal(follow(one.json, pointer), follow(two.json, pointer))).map((pointer) => ({ message: `two requests are followed by the same id at body#${pointer}`, at })));
    });
    const { once, failing } = accept;
    if (once !== undefined) test(`the same ${once.place} again is the same work, and another is another`, once.at, async ({ hold }) => {
      const wire = await session.request(plan);
      const first = await session.insist(wire);
      hold(first, acknowledged(accept, first));
      const again = await session.insist(wire);
      // A run that is over is not begun again, and the caller is told.
      hold(again, again.status === accept.status || again.status === 409 ? [] : [{ message: `the repeated request was answered ${again.status}`, at: once.at }]);
      const count = (await contents(session, accept)).length;
      hold(again, count === 1 ? [] : [{ message: `a request and its repetition are one piece of work, and ${accept.resource} has ${count}`, at: once.at }]);
      const next = await session.request(plan);
      if (equal(valueIn(givenBy(session, plan, next), once.place), valueIn(givenBy(session, plan, wire), once.place))) return;
      const other = await session.insist(next);
      const both = (await contents(session, accept)).length;
      hold(other, both === 2 ? [] : [{ message: `a request with another ${once.place} is other work, and ${accept.resource} has ${both}`, at: once.at }]);
    });
    if (failing) test(`what fails ${failing.after} times is kept apart, and nothing before`, at, async ({ hold }) => {
      const wire = await session.request(plan);
      const reply = await session.insist(wire);
      const wanted = expected(accept.message, givenBy(session, plan, wire), reply);
      for (let times = 0; times <= failing.after; times++) {
        const early = await contents(session, accept, ['deadLetters']);
        hold(reply, early.length === 0 ? [] : [{ message: `it failed ${times} times, and was given up already; ${failing.after} are promised`, at }]);
        // Hidden since it was delivered last, or put off at the beginning.
        await session.advance(Math.max(failing.seconds, 900));
        await session.control('POST', 'work', { resource: accept.resource, fail: true });
      }
      const apart = await contents(session, accept, ['deadLetters']);
      hold(reply, apart.some((message) => fits(wanted, message)) ? [] : [{ message: `it failed ${failing.after} times, and ${accept.resource} keeps ${JSON.stringify(apart)} apart, not ${shown(wanted)}`, at }]);
    });
  });
};

/** A value of a request, by its place: `header.Idempotency-Key`, `body#/key`. */
const valueIn = (sent: Sent, place: string): Json | undefined => {
  if (place.startsWith('body#')) return follow(sent.body, place.slice('body#'.length));
  const [where = '', ...name] = place.split('.');
  return sent[where as Place]?.[name.join('.')];
};

/** What is sent is what the document makes of the request, and of one with others chosen where there are a few: what is always the same is seen then. */
const sending = ({ plan, session }: Subject, sends: SendPlan & Pick<AcceptPlan, 'once'>, test: Parameters<Parameters<Subject['promises']['section']>[1]>[0]): void => {
  test(`sends to ${sends.resource} what the document says`, sends.at, async ({ hold }) => {
    const known: (Json | undefined)[] = [];
    for (const ask of [{}, ...(plan.other === undefined ? [] : [{ given: { ...plan.given, body: plan.other }, varied: true }])]) {
      const reply = await session.ask(plan, ask);
      const given = givenBy(session, plan, reply.wire);
      const key = sends.once && valueIn(given, sends.once.place);
      // What is known by the same is the same work, whatever else it says.
      if (sends.once && known.some((each) => equal(each ?? null, key ?? null))) continue;
      known.push(key);
      const sent = await contents(session, sends);
      const wanted = expected(sends.message, given, reply);
      hold(reply, sent.some((message) => fits(wanted, message)) ? [] : [{ message: `${sends.resource} was to get ${shown(wanted)}, and has ${JSON.stringify(sent)}`, at: sends.at }]);
    }
  });
};

const acknowledged = ({ status, tracking = [], location, retryAfter, at }: AcceptPlan, reply: Reply): readonly Broken[] => [
  ...(reply.status === status ? [] : [{ message: `the status is to be ${status}, and is ${reply.status}`, at }]),
  ...tracking.filter((pointer) => typeof follow(reply.json, pointer) !== 'string' || follow(reply.json, pointer) === '').map((pointer) => ({ message: `nothing at body#${pointer} follows the work`, at })),
  ...(location && reply.headers.get('location') === null ? [{ message: 'Location is to point to the work, and is missing', at }] : []),
  ...(location && tracking.some((pointer) => !(reply.headers.get('location') ?? '').includes(encodeURIComponent(String(follow(reply.json, pointer))))) ? [{ message: `Location does not name the work: ${reply.headers.get('location') ?? ''}`, at }] : []),
  ...(retryAfter && !/^[1-9]\d*$/.test(reply.headers.get('retry-after') ?? '') ? [{ message: 'Retry-After is to say when to ask, and does not', at }] : []),
];

