import { taken, type Subject } from './subject.js';
import type { Broken } from './answer.js';
import { lacking } from './callers.js';
import type { CorsPlan } from './plan.js';
import type { Ask, Reply } from './session.js';

const stranger = 'https://stranger.example.net';
const items = (text: string | null): readonly string[] => (text ?? '').split(',').map((item) => item.trim().toLowerCase()).filter((item) => item !== '');

/** What browsers are told: which pages may call, and what they may read. */
export const browsers = (subject: Subject): void => {
  const { api: { cors }, plan, session, promises } = subject;
  if (!cors || plan.method === 'OPTIONS') return;
  const { at } = cors;
  const origin = cors.origins.find((each) => each !== '*') ?? 'https://page.example.com';
  const any = cors.origins.includes('*');
  const preflight = (from: string): Promise<Reply> => session.request(plan, { who: null, exact: true, ids: plan.given.path ?? {} }).then(({ target }) =>
    session.send({ method: 'OPTIONS', target: target.split('?')[0] ?? target, headers: [['origin', from], ['access-control-request-method', plan.method], ['access-control-request-headers', 'content-type']] }));
  promises.section('browsers', (test) => {
    test('the preflight of a page that may call says so', at, async ({ hold }) => {
      const reply = await preflight(origin);
      hold(reply, [
        ...(reply.status >= 200 && reply.status < 300 ? [] : [{ message: `the preflight was answered ${reply.status}`, at }]), ...allowed(cors, reply, any, origin),
        ...(items(reply.headers.get('access-control-allow-methods')).some((method) => method === plan.method.toLowerCase() || method === '*') ? [] : [{ message: `${plan.method} is not among the allowed methods: ${reply.headers.get('access-control-allow-methods') ?? ''}`, at }]),
        ...cors.headers.filter((name) => !items(reply.headers.get('access-control-allow-headers')).some((each) => each === name.toLowerCase() || each === '*')).map((name) => ({ message: `the header ${name} is not allowed`, at })),
        ...(reply.headers.get('access-control-max-age') === String(cors.maxAge) ? [] : [{ message: `browsers are to remember it for ${cors.maxAge} seconds, and are told ${reply.headers.get('access-control-max-age') ?? 'nothing'}`, at }]),
      ]);
    });
    if (plan.readable) test('the answer to a page that may call says so', at, async ({ hold, skip }) => {
      if (plan.method === 'DELETE' && !session.settings.local && !session.settings.costly) skip('it deletes');
      const reply = await session.ask(plan, { headers: [['origin', origin]] });
      hold(reply, [...(plan.checked ? taken(subject, reply, at) : []), ...allowed(cors, reply, any, origin), ...readable(cors, reply)]);
    });
    const refused = refusal(subject);
    if (plan.readable && refused) test('an error says so, too', at, async ({ hold }) => {
      const reply = await session.ask(plan, { ...refused, headers: [['origin', origin]] });
      hold(reply, [...(reply.status < 400 ? [{ message: `the request was to be refused, and was answered ${reply.status}`, at }] : []), ...allowed(cors, reply, any, origin), ...readable(cors, reply)]);
    });
    if (!any) test('other pages may neither call nor read', at, async ({ hold }) => {
      for (const reply of [await preflight(stranger), await session.ask(plan, { headers: [['origin', stranger]] })]) {
        const named = reply.headers.get('access-control-allow-origin');
        hold(reply, named === '*' || named === stranger ? [{ message: `${stranger} is told that it may: ${named}`, at }] : []);
      }
    });
  });
};

/** A request that is refused: of nobody, or for what it says. */
const refusal = ({ plan: { callers = [], faults = [] }, session: { settings } }: Subject): Ask | undefined => {
  if (lacking(callers, settings)) return { who: null };
  const fault = faults.find(([place]) => !place.startsWith('path.'));
  return fault && { change: [fault[0], fault[2]] };
};

/** Headers that scripts are to read, and may not. */
const readable = ({ expose, at }: CorsPlan, { headers }: Reply): readonly Broken[] => {
  const exposed = items(headers.get('access-control-expose-headers'));
  return expose.filter((name) => !exposed.includes(name.toLowerCase()) && !exposed.includes('*')).map((name) => ({ message: `the header ${name} is to be readable`, at }));
};

const allowed = ({ credentials, origins, at }: CorsPlan, { headers }: Reply, any: boolean, origin: string): readonly Broken[] => {
  const named = headers.get('access-control-allow-origin');
  const several = origins.length > 1;
  const withCredentials = headers.get('access-control-allow-credentials');
  return [
    ...(named === origin || (any && named === '*') ? [] : [{ message: `${origin} may call, and is told ${named ?? 'nothing'}`, at }]),
    ...(named === origin && several && !items(headers.get('vary')).includes('origin') ? [{ message: 'the answer differs by origin, and does not say so (Vary)', at }] : []),
    ...((withCredentials === 'true') === credentials ? [] : [{ message: `credentials are ${credentials ? '' : 'not '}allowed, and browsers are told ${withCredentials ?? 'nothing'}`, at }]),
  ];
};
