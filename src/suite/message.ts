import { equal } from '../runtime/checks.js';
import type { Given, Json, Mapping, Plan, SendPlan } from './plan.js';
import type { Reply, Session } from './session.js';
import { at as follow, own, parsed } from './values.js';
import type { Wire } from './wire.js';

/** Stands for a value that only the gateway knows. */
const anything = Symbol('anything');
/** Stands for a value that is written so, be it as a text or not: what a path has is text, whatever it means. */
class Written { constructor(readonly text: string) {} }
export type Expected = Json | typeof anything | Written | undefined | readonly Expected[] | { readonly [name: string]: Expected };

export const shown = (wanted: Expected): string => JSON.stringify(wanted, (_, value: unknown) => (value === anything ? '…' : value instanceof Written ? value.text : value));

const lists = ['messages', 'published', 'events', 'records', 'runs', 'items', 'objects'] as const;
const insides = ['body', 'message', 'detail', 'data', 'input'] as const;

/** Messages that a resource holds, the oldest first; or those that it keeps apart, since they fail. */
export const contents = async (session: Session, { resource }: SendPlan, kept: readonly string[] = lists): Promise<readonly Json[]> => {
  const held = (await session.control('GET', `resources/${resource}`)) as { readonly [name: string]: Json };
  return kept.flatMap((name) => (Array.isArray(held[name]) ? (held[name] as readonly Json[]) : [])).map((entry) => {
    const object = entry as { readonly [name: string]: Json };
    const inside = insides.map((name) => object[name]).find((value) => value !== undefined) ?? entry;
    return typeof inside === 'string' ? parsed(inside) ?? inside : inside;
  });
};

/** What a request gave, and who gave it, where the suite knows. */
export interface Sent extends Given { readonly caller?: { readonly principalId: string; readonly claims: { readonly [name: string]: string } } }

/** What a request gave, as it was sent: some of it is made anew for each. */
export const givenBy = (session: Session, plan: Plan, wire: Wire): Sent => ({
  ...plan.given, ...callerOf(session, plan), path: pathOf(plan, wire), body: typeof wire.body === 'string' ? parsed(wire.body) ?? wire.body : null,
  header: { ...plan.given.header, ...Object.fromEntries((plan.parameters ?? []).filter((parameter) => parameter.in === 'header').flatMap(({ name }) => {
    const sent = wire.headers.find(([key]) => key === name.toLowerCase());
    return sent ? [[name, sent[1]] as const] : [];
  })) },
});

/** Who calls, where tokens are minted for it. */
const callerOf = ({ api, fixtures }: Session, { callers = [] }: Plan): Pick<Sent, 'caller'> => {
  const [showing, ...others] = callers.flat();
  if (showing?.check !== 'token' || others.length > 0 || fixtures.credentials?.[showing.scheme] !== undefined) return {};
  return { caller: { principalId: 'caller', claims: Object.fromEntries(api.claims.map((claim) => [claim, `${claim}-of-caller`])) } };
};

/** Values of the path, as they were sent. */
export const pathOf = ({ path }: Plan, { target }: Wire): { readonly [name: string]: string } => {
  const sent = (target.split('?')[0] ?? '').split('/');
  return Object.fromEntries(path.split('/').flatMap((segment, index) => {
    const name = /^\{([^{}+]+)\}$/.exec(segment)?.[1];
    return name === undefined ? [] : [[name, decodeURIComponent(sent[index] ?? '')] as const];
  }));
};

/** What a message is to be, by the document's mapping. */
export const expected = (mapping: Mapping | undefined, given: Sent, reply: Reply): Expected => {
  if (!mapping) return given.body;
  switch (mapping.kind) {
    case 'literal': return mapping.value;
    case 'body': return follow(given.body, mapping.pointer.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
    case 'parameter': return mapping.in === 'path' ? writtenIn(own(given.path, mapping.name)) : own(given[mapping.in], mapping.name);
    case 'principal': return given.caller?.principalId ?? anything;
    case 'claim': return given.caller?.claims[mapping.name] ?? anything;
    case 'requestId': return reply.headers.get('x-request-id') ?? anything;
    case 'any': return anything;
    case 'text': return textOf(mapping.parts.map((part) => (typeof part === 'string' ? part : expected(part, given, reply))));
    case 'list': return mapping.items.map((item) => expected(item, given, reply) ?? null);
    case 'object': return Object.fromEntries(mapping.entries.map(([name, value]) => [name, expected(value, given, reply)] as const).filter(([, value]) => value !== undefined));
  }
};

const writtenIn = (value: Json | undefined): Expected => (typeof value === 'string' ? new Written(value) : anything);

/** A text of parts, where each is known. */
const textOf = (parts: readonly Expected[]): Expected => {
  const texts = parts.map((part) => (part instanceof Written ? part.text : typeof part === 'string' || typeof part === 'number' ? String(part) : undefined));
  return texts.every((text) => text !== undefined) ? new Written(texts.join('')) : anything;
};

export const fits = (wanted: Expected, got: Json | undefined): boolean => {
  if (wanted === anything) return got !== undefined;
  if (wanted instanceof Written) return (typeof got === 'string' || typeof got === 'number') && String(got) === wanted.text;
  if (Array.isArray(wanted)) return Array.isArray(got) && got.length === wanted.length && (wanted as readonly Expected[]).every((item, index) => fits(item, (got as readonly Json[])[index]));
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof got !== 'object' || got === null || Array.isArray(got)) return false;
    const names = Object.keys(wanted);
    return names.length === Object.keys(got).length && names.every((name) => fits((wanted as { readonly [name: string]: Expected })[name], (got as { readonly [name: string]: Json })[name]));
  }
  return equal(wanted, got);
};
