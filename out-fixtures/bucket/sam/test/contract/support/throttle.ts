import { brokenError } from './answer.js';
import { taken, type Subject } from './subject.js';
import type { Reply } from './session.js';
import type { Wire } from './wire.js';

/** Bursts above it take too long to be tried out. */
const most = 5000;
/** Rates above it are not counted. */
const largest = 500;
/** How long a bucket may take to be emptied, in milliseconds. */
const patience = 30_000;

/** How often the operation may be called, by whom, and that it may again later. */
export const throttles = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  const { throttle } = plan;
  if (!throttle || throttle.burst > most) return;
  const { at, rate, burst, per } = throttle;
  promises.section('throttle', (test) => {
    test(`${burst} requests at once, then ${rate} a second, and 429 for more${per === 'route' ? '' : ` of the same ${per}`}`, at, async ({ hold, skip }) => {
      if (!session.settings.local && !session.settings.costly) skip('a flood of requests costs: ask for it with --include-costly');
      if (session.settings.local) await session.control('POST', 'clock', { hold: true });
      const started = performance.now();
      const wire = await cheap(subject);
      let passed = 0;
      let stopped: Reply | undefined;
      let last: Reply | undefined;
      /** What the bucket may have given by now; time stands still in a local run. */
      const allowed = (): number => burst + (session.settings.local ? 0 : (rate * (performance.now() - started)) / 1000 + 1);
      while (!stopped && passed <= allowed()) {
        if (performance.now() - started > patience) skip(`${passed} requests in ${patience / 1000} seconds are not enough to empty a bucket of ${burst}`);
        const replies = await flood(subject, wire, Math.max(1, Math.min(together, Math.ceil(allowed() - passed))));
        stopped = replies.find(({ status }) => status === 429);
        passed += replies.filter(({ status }) => status !== 429).length;
        last = replies.at(-1);
      }
      const reply = stopped ?? last;
      if (!reply) return;
      if (!stopped || passed > allowed()) return hold(reply, [{ message: `${passed} requests were let through in ${Math.round(performance.now() - started)} ms; the bucket holds ${burst}, and gets ${rate} a second`, at }]);
      if (passed < burst) return hold(reply, [{ message: `the request after ${passed} was stopped; the bucket holds ${burst}`, at }]);
      hold(reply, [
        ...brokenError(api, reply, [429], at, api.ownErrors),
        ...(api.ownErrors && !/^\d+$/.test(reply.headers.get('retry-after') ?? '') ? [{ message: `the answer is to say when to try again (Retry-After), and says ${reply.headers.get('retry-after') ?? 'nothing'}`, at }] : []),
      ]);
      if (!session.settings.local) return;
      const elsewhere = per === 'key' ? await cheap(subject, 'other') : wire;
      if (JSON.stringify(elsewhere.headers) !== JSON.stringify(wire.headers)) {
        const other = await session.send(elsewhere);
        hold(other, other.status === 429 ? [{ message: `another ${per} is stopped by what the first one did`, at }] : []);
      }
      const seconds = Math.max(1, Math.ceil(1 / rate));
      const again = Math.min(burst, Math.floor(rate * seconds));
      if (again <= largest) {
        await session.advance(seconds);
        const replies = await flood(subject, wire, again + 1);
        const passedOn = replies.filter(({ status }) => status !== 429).length;
        hold(replies[0] ?? reply, passedOn === again ? [] : [{ message: `${passedOn} requests were let through after ${seconds} s; ${again} are to be, at ${rate} a second`, at }]);
      }
      await session.advance(Math.max(1, burst / rate) + 1);
      const later = await session.send(await session.request(plan));
      hold(later, later.status === 429 ? [{ message: 'a request is stopped still when the bucket is full again', at }] : taken(subject, later, at));
    });
  });
};

/** Requests that are on their way at the same time: more connections than a server takes up at once may be refused. */
export const together = 25;

/** Sends a request so many times, a few at once. */
export const flood = async ({ session }: Subject, wire: Wire, count: number): Promise<readonly Reply[]> => {
  const replies: Reply[] = [];
  while (replies.length < count) replies.push(...await Promise.all(Array.from({ length: Math.min(together, count - replies.length) }, () => session.send(wire))));
  return replies;
};

/** A request that counts and does nothing: one that is refused for what it says, where there is any. */
export const cheap = ({ plan, session }: Subject, who: 'caller' | 'other' = 'caller'): Promise<Wire> => {
  const fault = (plan.faults ?? []).find(([place]) => !place.startsWith('path.'));
  return session.request(plan, { who, ids: Object.fromEntries(Object.entries(plan.given.path ?? {})), ...(fault ? { change: [fault[0], fault[2]] as const } : {}) });
};
