import type { Origin } from '../base/origin.js';
import type { Api } from './api.js';
import { declaredAt, mappingFor } from './acknowledge.js';
import type { Expression, Template } from './expression.js';
import type { LinkTask, StatusRange } from './integration.js';
import type { Operation } from './operation.js';
import type { Schema } from './schema.js';
import { included, resolve } from './walk.js';

/** What there is to say of a link; mappings reach it as `$response.body#/url`. */
export type LinkPart = 'url' | 'method' | 'key' | 'expiresAt' | 'expiresIn' | 'fields' | 'maxSize';

const both: readonly LinkPart[] = ['url', 'method', 'key', 'expiresAt', 'expiresIn'];
export const linkParts: Readonly<Record<LinkTask['action'], readonly LinkPart[]>> = { download: both, upload: [...both, 'fields', 'maxSize'] };

/** The answer of an operation that gives out a link, and what keeps it from being one. */
export interface LinkAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, Template>;
  readonly body?: Template;
  /** Sentences without an end, each with its place: what is asked for and cannot be had, what a client cannot do without. */
  readonly faults: readonly string[];
}

/** Names by which a property is taken for a part, in lower case without `_` and `-`. */
const names: ReadonlyMap<string, LinkPart> = new Map(Object.entries({
  url: ['url', 'uri', 'href', 'link', 'location', 'uploadurl', 'downloadurl', 'signedurl', 'presignedurl'],
  method: ['method', 'httpmethod'],
  key: ['key', 'objectkey'],
  expiresAt: ['expiresat', 'expires', 'expiry', 'expiration', 'validuntil'],
  expiresIn: ['expiresin', 'expiresinseconds', 'ttl'],
  fields: ['fields', 'form', 'formfields', 'formdata'],
  maxSize: ['maxsize', 'maxbytes', 'maxcontentlength'],
} satisfies Record<LinkPart, string[]>).flatMap(([part, all]) => all.map((name) => [name, part as LinkPart] as const)));

const typesOf: Readonly<Record<LinkPart, readonly string[]>> = {
  url: ['string'], method: ['string'], key: ['string'], expiresAt: ['string'], expiresIn: ['integer', 'number'], fields: ['object'], maxSize: ['integer', 'number'],
};

/** The mapping of the author first, else what the declared success is named. */
export const linkAnswerOf = (api: Api, operation: Operation, { action }: LinkTask): LinkAnswer => {
  const status = statusOf(operation);
  const mapping = mappingFor(operation.integration.responses, status, false);
  const declared = declaredAt(operation.responses, status);
  const content = declared?.contents.find(({ kind }) => kind === 'json');
  const known = linkParts[action];
  const { entries, lacking } = filled(api, content?.schema, known);
  const body = mapping ? mapping.body : content && { kind: 'object' as const, entries };
  const location = declared?.headers.some(({ name }) => name.toLowerCase() === 'location') ? [['location', part('url', operation.integration.origin)] as const] : [];
  const headers = new Map([...location, ...(mapping?.headers ?? [])]);
  const reached = [...headers.values(), ...(body ? [body] : [])].flatMap(expressions).flatMap(({ source, text }) => (source.kind === 'body' && source.of === 'response' ? [{ name: source.pointer[0], text }] : []));
  const missing = (action === 'upload' ? ['url', 'fields'] as const : ['url'] as const).filter((needed) => !reached.some(({ name }) => name === undefined || name === needed));
  return {
    status, headers, ...(body ? { body } : {}),
    faults: [
      ...(mapping ? [] : lacking.map((name) => `its required \`${name}\` is nothing that a link has`)),
      ...reached.flatMap(({ name, text }) => (name === undefined || known.some((each) => each === name) ? [] : [`\`${text}\` is nothing that a link has`])),
      ...missing.map((name) => `it has no place for the \`${name}\`, without which the link is of no use`),
    ],
  };
};

/** The mapped success, or the declared one: a 2xx, or a redirect. */
const statusOf = ({ integration, responses }: Operation): number => {
  const success = (statuses: readonly { readonly status: StatusRange }[]): number[] => statuses.flatMap(({ status }) => (typeof status === 'number' && status >= 200 && status < 400 ? [status] : [])).sort((a, b) => a - b);
  return success(integration.responses)[0] ?? success(responses)[0] ?? 200;
};

const part = (name: LinkPart, origin: Origin): Template =>
  ({ kind: 'value', expression: { origin, text: `$response.body#/${name}`, source: { kind: 'body', of: 'response', pointer: [name] }, optional: false } });

/** Properties of the declared answer with what fills them, and the required ones that nothing does. */
const filled = (api: Api, schema: Schema | undefined, known: readonly LinkPart[]): { readonly entries: readonly (readonly [string, Template])[]; readonly lacking: readonly string[] } => {
  const whole = schema ? included(api, schema) : [];
  const properties = new Map(whole.flatMap(({ properties: own }) => [...(own ?? [])]));
  const entries = [...properties].flatMap(([name, property]) => {
    const found = partFor(api, name, property);
    return found !== undefined && known.includes(found) ? [[name, part(found, property.origin)] as const] : [];
  });
  const required = new Set(whole.flatMap((each) => each.required ?? []));
  return { entries, lacking: [...required].filter((name) => !entries.some(([given]) => given === name)) };
};

const partFor = (api: Api, name: string, property: Schema): LinkPart | undefined => {
  const types = resolve(api, property).types;
  const fits = (found: LinkPart): boolean => types === undefined || typesOf[found].some((type) => types.some((each) => each === type));
  const named = names.get(name.toLowerCase().replace(/[_-]/g, ''));
  // A number that is called `expires` counts seconds.
  return [named, ...(named === 'expiresAt' ? ['expiresIn' as const] : [])].find((found) => found !== undefined && fits(found));
};

const expressions = (template: Template): readonly Expression[] => {
  switch (template.kind) {
    case 'literal': return [];
    case 'value': return [template.expression];
    case 'text': return template.parts.filter((each) => typeof each !== 'string');
    case 'list': return template.items.flatMap(expressions);
    case 'object': return template.entries.flatMap(([, item]) => expressions(item));
  }
};
