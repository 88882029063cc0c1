import { brokenError } from './answer.js';
import { isClosed, taken, type Subject } from './subject.js';

/** The largest body that is tried out for its size. */
const largest = 9 * 1024 * 1024;

/** What holds for a body as a whole: its media type, its size, that it can be read, that it is there. */
export const bodies = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  const { body } = plan;
  if (!body) return;
  promises.section('body', (test) => {
    const { at } = body;
    const refused = (name: string, statuses: readonly number[], ask: Parameters<typeof session.ask>[1]): void => test(name, at, async ({ hold }) => {
      const reply = await session.ask(plan, ask);
      hold(reply, brokenError(api, reply, statuses, at));
    });
    if (body.anyType !== true) refused('a media type that it does not take is refused', [415, 400], { headers: [['content-type', 'application/x-nobody-knows']], body: 'x' });
    if (body.kind === 'json') {
      refused('JSON that breaks off is refused with 400', [400], { body: '{"broken": ' });
      refused('text that is no JSON is refused with 400', [400], { body: 'not json at all' });
    }
    if (body.required && plan.checked) refused('no body is refused with 400', [400], { change: ['body', undefined], headers: [['content-type', body.mediaType]] });
    // Where no function stands, nobody counts.
    if (body.kind !== 'json' || body.limit > largest || !plan.checked) return;
    const sized = async (bytes: number): Promise<string> => {
      const text = String((await session.request(plan)).body);
      return text + ' '.repeat(Math.max(0, bytes - new TextEncoder().encode(text).length));
    };
    test(`a body of ${body.limit} bytes is taken`, at, async ({ hold, skip }) => {
      if (!session.settings.local && !session.settings.costly) skip('large bodies cost: ask for it with --include-costly');
      const reply = await session.ask(plan, { body: await sized(body.limit) });
      hold(reply, taken(subject, reply, at));
    });
    test(`a body of ${body.limit + 1} bytes is refused with 413`, at, async ({ hold, skip }) => {
      if (!session.settings.local && !session.settings.costly) skip('large bodies cost: ask for it with --include-costly');
      const reply = await session.ask(plan, { body: await sized(body.limit + 1) });
      hold(reply, brokenError(api, reply, [413], at, isClosed(subject)));
    });
  });
};
