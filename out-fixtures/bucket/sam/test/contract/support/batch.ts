import { itemsIn } from './listing.js';
import type { Call } from './plan.js';
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
    const ids = await session.ids(plan, 'caller', {});
    const reply = await session.ask(plan, { ids, given: changed(plan.given, `body#${batch.asked}`, [one, one]), varied: true });
    const results = itemsIn(reply, batch.results);
    const found = results.length;
    hold(reply, [...taken(subject, reply, plan.at), ...(reply.status < 300 && found !== 2 ? [{ message: `2 were asked for, and ${found} are answered at body#${batch.results}`, at: plan.at }] : [])]);
    const [well, badly] = (batch.counts ?? []).map((pointer) => follow(reply.json, pointer));
    hold(reply, typeof well === 'number' && typeof badly === 'number' && well + badly !== found ? [{ message: `${found} are answered, and ${well} and ${badly} are counted at ${batch.counts?.map((pointer) => `body#${pointer}`).join(' and ') ?? ''}`, at: plan.at }] : []);
    const { index, made } = batch;
    const places = index === undefined || found !== 2 ? [] : results.map((result) => follow(result, index));
    hold(reply, places.flatMap((place, at) => (typeof place === 'number' && !places.includes(at) ? [{ message: `2 are answered, from place 0 on, and body#${batch.results}/${at}${index ?? ''} is ${place}`, at: plan.at }] : [])).slice(0, 1));
    const read = made && session.call(made.read);
    for (const id of made && read ? results.map((result) => follow(result, made.id)).filter((each) => each !== undefined) : []) {
      const look = await session.look(read as Call, { ids: { ...ids, [made?.variable ?? '']: id } });
      hold(look, look.status >= 300 ? [{ message: `${plan.operation} says that ${JSON.stringify(id)} was made, and it is not found: ${look.status}`, at: plan.at }] : []);
    }
  }));
};
