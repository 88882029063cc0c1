import { equal } from '../../../generated/runtime/checks.js';
import type { AcceptPlan, Given, Json, Mapping, Plan } from './plan.js';
import type { Reply, Session } from './session.js';
import { at as follow, parsed } from './values.js';
import type { Wire } from './wire.js';

/** Stands for a value that only the gateway knows. */
const anything = Symbol('anything');
export type Expected = Json | typeof anything | undefined | readonly Expected[] | { readonly [name: string]: Expected };

export const shown = (wanted: Expected): string => JSON.stringify(wanted, (_, value: unknown) => (value === anything ? '…' : value));

const lists = ['messages', 'published', 'events', 'records', 'runs', 'items', 'objects'] as const;
const insides = ['body', 'message', 'detail', 'data', 'input'] as const;

/** Messages that a resource holds, the oldest first; or those that it keeps apart, since they fail. */
export const contents = async (session: Session, { resource }: AcceptPlan, kept: readonly string[] = lists): Promise<readonly Json[]> => {
  const held = (await session.control('GET', `resources/${resource}`)) as { readonly [name: string]: Json };
  return kept.flatMap((name) => (Array.isArray(held[name]) ? (held[name] as readonly Json[]) : [])).map((entry) => {
    const object = entry as { readonly [name: string]: Json };
    const inside = insides.map((name) => object[name]).find((value) => value !== undefined) ?? entry;
    return typeof inside === 'string' ? parsed(inside) ?? inside : inside;
  });
};

/** What a request gave, as it was sent: some of it is made anew for each. */
export const givenBy = (plan: Plan, wire: Wire): Given => ({
  ...plan.given, body: typeof wire.body === 'string' ? parsed(wire.body) ?? wire.body : null,
  header: { ...plan.given.header, ...Object.fromEntries((plan.parameters ?? []).filter((parameter) => parameter.in === 'header').flatMap(({ name }) => {
    const sent = wire.headers.find(([key]) => key === name.toLowerCase());
    return sent ? [[name, sent[1]] as const] : [];
  })) },
});

/** What a message is to be, by the document's mapping. */
export const expected = (mapping: Mapping | undefined, given: Given, reply: Reply): Expected => {
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

export const fits = (wanted: Expected, got: Json | undefined): boolean => {
  if (wanted === anything) return got !== undefined;
  if (Array.isArray(wanted)) return Array.isArray(got) && got.length === wanted.length && (wanted as readonly Expected[]).every((item, index) => fits(item, (got as readonly Json[])[index]));
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof got !== 'object' || got === null || Array.isArray(got)) return false;
    const names = Object.keys(wanted);
    return names.length === Object.keys(got).length && names.every((name) => fits((wanted as { readonly [name: string]: Expected })[name], (got as { readonly [name: string]: Json })[name]));
  }
  return equal(wanted, got);
};
