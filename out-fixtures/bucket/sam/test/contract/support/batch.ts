import { itemsIn } from './listing.js';
import { taken, type Subject } from './subject.js';
import { at as follow, changed } from './values.js';

/** What is asked for several at once: that each is answered. */
export const batches = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { batch } = plan;
  if (!batch) return;
  promises.section('answers', (test) => test('each of two is answered', plan.at, async ({ hold, skip }) => {
    const list = follow(plan.given.body, batch.asked);
    const [one] = Array.isArray(list) ? (list as readonly NonNullable<typeof list>[]) : [];
    if (one === undefined) return skip('nothing is in the list that is asked for');
    const reply = await session.ask(plan, { given: changed(plan.given, `body#${batch.asked}`, [one, one]), varied: true });
    const found = itemsIn(reply, batch.results).length;
    hold(reply, [...taken(subject, reply, plan.at), ...(reply.status < 300 && found !== 2 ? [{ message: `2 were asked for, and ${found} are answered at body#${batch.results}`, at: plan.at }] : [])]);
    const [well, badly] = (batch.counts ?? []).map((pointer) => follow(reply.json, pointer));
    hold(reply, typeof well === 'number' && typeof badly === 'number' && well + badly !== found ? [{ message: `${found} are answered, and ${well} and ${badly} are counted at ${batch.counts?.map((pointer) => `body#${pointer}`).join(' and ') ?? ''}`, at: plan.at }] : []);
  }));
};
