import { at } from '../base/origin.js';
import { kebab } from '../base/text.js';
import type { BoundApi } from '../bind/bind.js';
import type { Report } from '../diagnostics/collect.js';
import type { Authorizer, Check, Credential, FunctionSettings, IdentitySource, SecurityScheme, UsagePlan } from '../ir/index.js';
import { Facts } from '../language/bound.js';
import { unchecked, wrongCheck } from './gateway-diagnostics.js';
import type { SchemeShape } from './security.js';

/** Who checks each scheme. One that nobody checks is reported if an operation asks for it. */
export const lowerChecks = (
  schemes: ReadonlyMap<string, SchemeShape>,
  bound: BoundApi,
  used: ReadonlySet<string>,
  report: Report,
): ReadonlyMap<string, SecurityScheme> =>
  new Map([...schemes].map(([name, { cursor, ...scheme }]) => {
    const block = bound.schemes.get(name);
    const check = block && checkOf(new Facts(block), scheme.credential);
    // A scheme with a block that is wrong was reported; that nothing checks it would be said twice.
    if (!check && !cursor.get('x-gateway') && used.has(name)) report(unchecked({ scheme: name }, scheme.origin));
    if (check) reportMismatch(scheme, check, report);
    return [name, { ...scheme, ...(check ? { check } : {}) }];
  }));

const checkOf = (facts: Facts, credential: Credential): Check | undefined => {
  const issuer = facts.text('issuer');
  if (issuer !== undefined) {
    const keys = facts.text('keys');
    return {
      kind: 'jwt',
      issuer,
      audience: facts.texts('audience'),
      algorithms: facts.has('algorithms') ? facts.texts('algorithms') : ['RS256'],
      clockSkewSeconds: Math.round((facts.duration('clockSkew') ?? 30_000) / 1000),
      ...(keys === undefined ? {} : { keys }),
    };
  }
  const pool = facts.text('userPool');
  if (pool !== undefined) return { kind: 'user-pool', pool };
  const name = facts.text('function');
  if (name !== undefined) return { kind: 'function', function: kebab(name), identity: identityOf(facts, credential), cacheTtlSeconds: seconds(facts, 60) };
  const url = facts.text('introspection');
  const credentials = facts.text('credentials');
  if (url !== undefined && credentials !== undefined) return { kind: 'introspection', url, credentials, cacheTtlSeconds: seconds(facts, 30) };
  const plans = facts.map('plans');
  if (plans) return { kind: 'plans', plans: plans.maps().flatMap(([plan, each]) => planOf(plan, each) ?? []) };
  const truststore = facts.text('truststore');
  if (truststore !== undefined) return { kind: 'client-certificate', truststore };
  return facts.boolean('iam') === true ? { kind: 'iam' } : undefined;
};

const seconds = (facts: Facts, otherwise: number): number => Math.round((facts.duration('cacheTtl') ?? otherwise * 1000) / 1000);

/** What was written, or else where the credential is shown. */
const identityOf = (facts: Facts, credential: Credential): readonly IdentitySource[] => {
  if (!facts.has('identity')) return [shownIn(credential)];
  return facts.texts('identity').map((text): IdentitySource => {
    const [, place = '', name = ''] = /^\$(request\.header|request\.query|context|stage)\.(.+)$/.exec(text) ?? [];
    return place === 'request.query' ? { in: 'query', name } : place === 'context' || place === 'stage' ? { in: place, name } : { in: 'header', name: name.toLowerCase() };
  });
};

const shownIn = (credential: Credential): IdentitySource => {
  if (credential.kind !== 'api-key') return { in: 'header', name: 'authorization' };
  return credential.in === 'query' ? { in: 'query', name: credential.name } : { in: 'header', name: credential.in === 'cookie' ? 'cookie' : credential.name.toLowerCase() };
};

const planOf = (name: string, facts: Facts): UsagePlan | undefined => {
  const rate = facts.number('rate');
  const burst = facts.number('burst');
  const limit = facts.map('quota')?.number('limit');
  const per = facts.map('quota')?.choice('per', ['day', 'week', 'month']);
  if (rate === undefined || burst === undefined) return undefined;
  return { name, rate, burst, ...(limit === undefined || per === undefined ? {} : { quota: { limit, per } }) };
};

const reportMismatch = (scheme: Omit<SecurityScheme, 'check'>, check: Check, report: Report): void => {
  const { credential, name } = scheme;
  const say = (word: string, wanted: string): void => report(wrongCheck({ scheme: name, check: word, shown: shown(credential), wanted }, at(scheme.origin, 'x-gateway')));
  const token = credential.kind === 'bearer' || credential.kind === 'other-http';
  if (check.kind === 'jwt' && !token) say('issuer', 'a bearer token');
  if (check.kind === 'introspection' && credential.kind !== 'bearer') say('introspection', 'a bearer token');
  if (check.kind === 'plans' && (credential.kind !== 'api-key' || credential.in !== 'header')) say('plans', 'an API key in a header');
  if (check.kind === 'client-certificate' && credential.kind !== 'mutual-tls') say('truststore', 'a scheme of type `mutualTLS`');
};

const shown = (credential: Credential): string => {
  switch (credential.kind) {
    case 'bearer':
      return 'a bearer token';
    case 'basic':
      return 'a user name and a password';
    case 'api-key':
      return `a key in ${credential.in === 'query' ? 'the query' : `a ${credential.in}`}`;
    case 'mutual-tls':
      return 'a client certificate';
    case 'other-http':
      return `credentials of the scheme ${credential.scheme}`;
  }
};

/** The checks that the developer writes, by name; schemes may share one. */
export const lowerAuthorizers = (schemes: ReadonlyMap<string, SecurityScheme>, settings: FunctionSettings): ReadonlyMap<string, Authorizer> => {
  const byName = new Map<string, string[]>();
  for (const { name, check } of schemes.values()) {
    if (check?.kind === 'function') byName.set(check.function, [...(byName.get(check.function) ?? []), name]);
  }
  return new Map([...byName].map(([name, its]) => [name, { name, schemes: its, settings }]));
};
