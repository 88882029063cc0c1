import { brokenError } from './answer.js';
import { cheap, flood, together } from './throttle.js';
import type { Subject } from './subject.js';

/** Quotas above it take too long to be used up. */
const most = 2000;

const day = 86_400;
const periods = { day, week: 7 * day, month: 31 * day } as const;

/** Seconds to the beginning of a day, so that none ends in between, and of one whose morrow begins no week and no month: a longer quota would be over with it, too. */
const untilBegin = (now: number): number => {
  const seconds = Math.floor(now / 1000);
  for (let begin = seconds - (seconds % day) + day; ; begin += day) {
    const morrow = new Date((begin + day) * 1000);
    if (morrow.getUTCDay() !== 1 && morrow.getUTCDate() !== 1) return begin - seconds + 1;
  }
};

/** How much a key may ask in a day, a week or a month, and that it may again in the next. */
export const quotas = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  const { quota } = plan;
  if (!quota || quota.limit > most) return;
  const { limit, per, burst, rate, at } = quota;
  promises.section('throttle', (test) => test(`${limit} requests a ${per}, and no more`, at, async ({ hold }) => {
    const { now } = (await session.control('POST', 'clock', { hold: true })) as { readonly now: number };
    await session.advance(untilBegin(now));
    const wire = await cheap(subject);
    for (let sent = 0; sent < limit;) {
      const size = Math.min(together, burst, limit - sent);
      const replies = await flood(subject, wire, size);
      const stopped = replies.find(({ status }) => status === 429);
      if (stopped) hold(stopped, [{ message: `a request was stopped before ${sent + size} were sent; ${limit} a ${per} are promised`, at }]);
      sent += size;
      await session.advance(Math.ceil(size / rate));
    }
    await session.advance(Math.ceil(burst / rate));
    const over = await session.send(wire);
    hold(over, over.status === 429 ? brokenError(api, over, [429], at, api.ownErrors) : [{ message: `${limit} requests a ${per} are promised, and one more was let through`, at }]);
    await session.advance(periods[per]);
    const next = await session.send(wire);
    hold(next, next.status === 429 ? [{ message: `the ${per} is over, and a request is stopped still`, at }] : []);
  }));
};
