import { at, written, type Origin } from '../base/origin.js';
import { nearest } from '../base/text.js';
import { checkTemplate } from '../expressions/check.js';
import type { Scope } from '../expressions/scope.js';
import { unknownResource } from '../integrations/diagnostics.js';
import type { Access, Cache, CacheKeyPart, CallbackPolicy, Expression, Grant, HeaderEdits, HeaderPolicy, Policy, Resource, Throttle, Version } from '../ir/index.js';
import { announcements } from '../ir/versions.js';
import { entriesOf, type Facts } from '../language/bound.js';
import { headerValue, wrongAccess } from './gateway-diagnostics.js';

/** What a policy is lowered against. */
export interface PolicyScope extends Scope {
  readonly resources: ReadonlyMap<string, Resource>;
  /** Resources that are described wrongly, which was reported: whoever names them is not to blame. */
  readonly broken: ReadonlySet<string>;
}

/** What an operation asks of its edge, out of the cascade's outcome. */
export const lowerPolicy = (facts: Facts, scope: PolicyScope): Policy => {
  const profile = facts.text('profile');
  const limits = facts.map('limits');
  const throttle = throttleOf(facts.map('throttle'), scope.operation.origin);
  const cache = cacheOf(facts.map('cache'));
  const version = versionOf(facts.map('version'));
  const callbacks = callbacksOf(facts.map('callbacks'));
  const mapped = facts.map('errors')?.map('map');
  return {
    ...(profile === undefined ? {} : { profile }),
    timeoutMs: facts.duration('timeout') ?? 10_000,
    limits: { bodyBytes: limits?.size('body') ?? 256 * 1024, ...(limits?.has('types') ? { types: limits.texts('types').map((type) => type.toLowerCase()) } : {}) },
    ...(throttle ? { throttle } : {}),
    ...(cache ? { cache } : {}),
    ...(version ? { version } : {}),
    headers: announced(headersOf(facts.map('headers'), scope), version),
    uses: grantsOf(facts, scope),
    ...(callbacks ? { callbacks } : {}),
    errors: new Map((mapped?.keys() ?? []).flatMap((name) => {
      const status = mapped?.number(name);
      return status === undefined ? [] : [[name, { status, origin: mapped?.where(name) ?? facts.origin }] as const];
    })),
  };
};

const throttleOf = (facts: Facts | undefined, operation: Origin): Throttle | undefined => {
  const rate = facts?.number('rate');
  const burst = facts?.number('burst');
  if (!facts || rate === undefined || burst === undefined) return undefined;
  return { origin: written(facts.origin, operation), rate, burst, per: facts.choice('per', ['route', 'client', 'key']) ?? 'route', retryAfterMs: facts.duration('retryAfter') ?? 1_000 };
};

const cacheOf = (facts: Facts | undefined): Cache | undefined => {
  const ttl = facts?.duration('ttl');
  if (!facts || ttl === undefined) return undefined;
  const control = facts.choice('control', ['public', 'private']);
  return {
    origin: facts.origin,
    ttlSeconds: Math.round(ttl / 1000),
    key: facts.texts('key').map(keyPart),
    ...(control === undefined ? {} : { control }),
    shared: facts.boolean('shared') ?? false,
  };
};

const callbacksOf = (facts: Facts | undefined): CallbackPolicy | undefined => {
  const secret = facts?.text('secret');
  if (!facts || secret === undefined) return undefined;
  const allow = facts.texts('allow');
  return {
    origin: facts.origin, secret, attempts: facts.number('attempts') ?? 4, backoffMs: facts.duration('backoff') ?? 500, timeoutMs: facts.duration('timeout') ?? 3_000,
    http: allow.includes('http'), private: allow.includes('private'),
  };
};

const keyPart = (text: string): CacheKeyPart => {
  const [place = '', ...rest] = text.split('.');
  const name = rest.join('.');
  switch (place) {
    case 'query':
      return { kind: 'parameter', in: 'query', name };
    case 'header':
      return { kind: 'parameter', in: 'header', name: name.toLowerCase() };
    case 'claim':
      return { kind: 'claim', path: rest };
    default:
      return { kind: 'principal' };
  }
};

const versionOf = (facts: Facts | undefined): Version | undefined => {
  if (!facts) return undefined;
  const header = facts.text('header');
  const texts = (name: 'date' | 'default' | 'deprecated' | 'sunset' | 'replacedBy'): Partial<Version> => {
    const value = facts.text(name);
    return value === undefined ? {} : { [name]: value };
  };
  return { origin: facts.origin, ...(header === undefined ? {} : { header }), ...texts('date'), ...texts('default'), ...texts('deprecated'), ...texts('sunset'), ...texts('replacedBy') };
};

/** Answers say when their version ends, unless the document sets that itself. */
const announced = ({ request, response }: HeaderPolicy, version: Version | undefined): HeaderPolicy =>
  ({ request, response: { ...response, set: new Map<string, string | Expression>([...announcements(version), ...response.set]) } });

/** Header edits; expressions in them are checked against the operation of the scope. */
export const headersOf = (facts: Facts | undefined, scope: Scope): HeaderPolicy => ({
  request: editsOf(facts?.map('request'), scope),
  response: editsOf(facts?.map('response'), { ...scope, response: true, foreignResponse: true }),
});

const editsOf = (facts: Facts | undefined, scope: Scope): HeaderEdits => {
  const set = facts?.map('set');
  return {
    remove: facts?.texts('remove').map((name) => name.toLowerCase()) ?? [],
    set: new Map((set?.keys() ?? []).flatMap((name) => {
      const value = headerOf(name, set?.text(name) ?? '', set?.where(name) ?? scope.operation.origin, scope);
      return value === undefined ? [] : [[name.toLowerCase(), value] as const];
    })),
  };
};

const headerOf = (name: string, text: string, origin: Origin, scope: Scope): string | Expression | undefined => {
  const template = checkTemplate(text, origin, scope);
  if (template?.kind === 'value') return template.expression;
  if (template?.kind === 'literal' && typeof template.value === 'string') return template.value;
  if (template) scope.report(headerValue({ header: name }, origin));
  return undefined;
};

const accesses: Readonly<Record<Resource['kind'], readonly Access[]>> = {
  table: ['read', 'write'],
  bucket: ['read', 'write'],
  http: ['read', 'write'],
  queue: ['publish', 'consume'],
  topic: ['publish'],
  bus: ['publish'],
  stream: ['publish', 'consume'],
  workflow: ['start'],
};

/** Grants of `uses`. */
export const grantsOf = (facts: Facts, { report, resources, broken }: Pick<PolicyScope, 'report' | 'resources' | 'broken'>): readonly Grant[] =>
  facts.items('uses').flatMap((item) => entriesOf(item)).flatMap(([name, { value, origin }]): Grant[] => {
    const resource = resources.get(name);
    if (!resource) {
      if (!broken.has(name)) report(unknownResource({ name, near: nearest(name, resources.keys()), known: [...resources.keys()] }, origin));
      return [];
    }
    const allowed = accesses[resource.kind];
    const access = allowed.find((each) => each === value);
    if (access) return [{ origin, resource: name, access }];
    report(wrongAccess({ resource: name, kind: resource.kind, access: String(value), allowed }, origin, [{ at: at(resource.origin, 'kind'), message: 'its kind is said here' }]));
    return [];
  });
