import { equal } from '../runtime/checks.js';
import { judged, type Subject } from './subject.js';
import type { Broken } from './answer.js';
import type { AcceptPlan, Given, Json, Mapping } from './plan.js';
import type { Reply } from './session.js';
import { at as follow } from './values.js';

/** Stands for a value that only the gateway knows. */
const anything = Symbol('anything');
type Expected = Json | typeof anything | undefined | readonly Expected[] | { readonly [name: string]: Expected };

/** What is answered now, and what is sent on to be done later. */
export const accepts = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { accept } = plan;
  if (!accept) return;
  const { at } = accept;
  promises.section('later', (test) => {
    test(`is acknowledged with ${accept.status}, and a way to follow it`, at, async ({ hold }) => {
      const reply = await session.ask(plan);
      hold(reply, [...judged(subject, reply), ...acknowledged(accept, reply)]);
      const location = reply.headers.get('location');
      if (location === null || !session.settings.local) return;
      await session.control('POST', 'work', {});
      const followed = await session.send({ method: 'GET', target: location, headers: Object.entries((await session.show(plan, 'caller')).headers ?? {}) });
      hold(followed, [404, 403].includes(followed.status) && followed.text.includes('no such operation') ? [{ message: `Location points to nothing: ${location}`, at }] : []);
    });
    if (!session.settings.local) return;
    test(`sends to ${accept.resource} what the document says`, at, async ({ hold }) => {
      const wire = await session.request(plan);
      const reply = await session.send(wire);
      const given = { ...plan.given, body: typeof wire.body === 'string' ? (JSON.parse(wire.body) as Json) : null };
      const sent = await contents(subject, accept);
      const wanted = expected(accept.message, { ...given, ...headersOf(subject, wire) }, reply);
      hold(reply, sent.some((message) => fits(wanted, message)) ? [] : [{ message: `${accept.resource} was to get ${JSON.stringify(wanted, (_, value: unknown) => (value === anything ? '…' : value))}, and has ${JSON.stringify(sent)}`, at }]);
    });
    test('the next one is followed by an id of its own', at, async ({ hold }) => {
      const one = await session.ask(plan);
      const two = await session.ask(plan);
      hold(two, (accept.tracking ?? []).filter((pointer) => equal(follow(one.json, pointer), follow(two.json, pointer))).map((pointer) => ({ message: `two requests are followed by the same id at body#${pointer}`, at })));
    });
    if (accept.deadLetterAfter !== undefined) test(`what fails ${accept.deadLetterAfter} times is kept apart`, at, async ({ hold }) => {
      const reply = await session.ask(plan);
      const held = (await session.control('GET', `resources/${accept.resource}`)) as { readonly [name: string]: Json };
      hold(reply, Array.isArray(held['deadLetters']) ? [] : [{ message: `${accept.resource} has nothing that keeps what fails for good`, at }]);
    });
  });
};

const acknowledged = ({ status, tracking = [], location, retryAfter, at }: AcceptPlan, reply: Reply): readonly Broken[] => [
  ...(reply.status === status ? [] : [{ message: `the status is to be ${status}, and is ${reply.status}`, at }]),
  ...tracking.filter((pointer) => typeof follow(reply.json, pointer) !== 'string' || follow(reply.json, pointer) === '').map((pointer) => ({ message: `nothing at body#${pointer} follows the work`, at })),
  ...(location && reply.headers.get('location') === null ? [{ message: 'Location is to point to the work, and is missing', at }] : []),
  ...(location && tracking.some((pointer) => !(reply.headers.get('location') ?? '').includes(encodeURIComponent(String(follow(reply.json, pointer))))) ? [{ message: `Location does not name the work: ${reply.headers.get('location') ?? ''}`, at }] : []),
  ...(retryAfter && !/^[1-9]\d*$/.test(reply.headers.get('retry-after') ?? '') ? [{ message: 'Retry-After is to say when to ask, and does not', at }] : []),
];

const lists = ['messages', 'published', 'events', 'records', 'runs', 'items', 'objects'] as const;
const insides = ['body', 'message', 'detail', 'data', 'input'] as const;

/** The messages that a resource holds. */
const contents = async ({ session }: Subject, { resource }: AcceptPlan): Promise<readonly Json[]> => {
  const held = (await session.control('GET', `resources/${resource}`)) as { readonly [name: string]: Json };
  return lists.flatMap((name) => (Array.isArray(held[name]) ? (held[name] as readonly Json[]) : [])).map((entry) => {
    const object = entry as { readonly [name: string]: Json };
    const inside = insides.map((name) => object[name]).find((value) => value !== undefined) ?? entry;
    try {
      return typeof inside === 'string' ? (JSON.parse(inside) as Json) : inside;
    } catch {
      return inside;
    }
  });
};

/** The values of headers as they were sent, since some are made anew for each request. */
const headersOf = ({ plan }: Subject, wire: { readonly headers: readonly (readonly [string, string])[] }): Pick<Given, 'header'> => ({
  header: { ...plan.given.header, ...Object.fromEntries((plan.parameters ?? []).filter((parameter) => parameter.in === 'header').flatMap(({ name }) => {
    const sent = wire.headers.find(([key]) => key === name.toLowerCase());
    return sent ? [[name, sent[1]] as const] : [];
  })) },
});

const expected = (mapping: Mapping | undefined, given: Given, reply: Reply): Expected => {
  if (!mapping) return given.body;
  switch (mapping.kind) {
    case 'literal': return mapping.value;
    case 'body': return follow(given.body, mapping.pointer.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
    case 'parameter': return mapping.in === 'path' ? anything : given[mapping.in]?.[mapping.name];
    case 'requestId': return reply.headers.get('x-request-id') ?? anything;
    case 'any': case 'text': return anything;
    case 'list': return mapping.items.map((item) => expected(item, given, reply) ?? null);
    case 'object': return Object.fromEntries(mapping.entries.map(([name, value]) => [name, expected(value, given, reply)] as const).filter(([, value]) => value !== undefined));
  }
};

const fits = (wanted: Expected, got: Json | undefined): boolean => {
  if (wanted === anything) return got !== undefined;
  if (Array.isArray(wanted)) return Array.isArray(got) && got.length === wanted.length && (wanted as readonly Expected[]).every((item, index) => fits(item, (got as readonly Json[])[index]));
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof got !== 'object' || got === null || Array.isArray(got)) return false;
    const names = Object.keys(wanted);
    return names.length === Object.keys(got).length && names.every((name) => fits((wanted as { readonly [name: string]: Expected })[name], (got as { readonly [name: string]: Json })[name]));
  }
  return equal(wanted, got);
};
