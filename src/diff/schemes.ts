import { list } from '../base/text.js';
import type { Check, SecurityScheme, UsagePlan } from '../ir/index.js';
import type { Places, Tell } from './changes.js';
import { usedSchemes } from './security.js';
import { alike, code, without } from './values.js';
import { schemePlace, type Both, type Version } from './version.js';

/** Schemes of the same name that operations of both versions go by: what callers show, and who checks it. */
export const compareSchemes = (versions: Both<Version>, names: ReadonlyMap<string, string>, tell: Tell): void => {
  const used = { was: usedSchemes(versions.was.api), now: usedSchemes(versions.now.api) };
  for (const now of versions.now.api.schemes.values()) {
    const was = versions.was.api.schemes.get(names.get(now.name) ?? now.name);
    if (was && used.was.has(was.name) && used.now.has(now.name)) compareScheme(versions, { was, now }, tell);
  }
};

const compareScheme = (versions: Both<Version>, { was, now }: Both<SecurityScheme>, tell: Tell): void => {
  const place = (...keys: readonly string[]): Places => ({ was: schemePlace(versions.was, was.name, ...keys), now: schemePlace(versions.now, now.name, ...keys) });
  const name = code(now.name);
  const credential = (scheme: SecurityScheme): unknown => (scheme.credential.kind === 'bearer' ? { kind: 'bearer' } : scheme.credential);
  if (!alike(credential(was), credential(now))) tell('scheme-credential-changed', `Callers show ${name} as ${credentialText(now)}, and did as ${credentialText(was)}`, { was: was.origin, now: now.origin });
  const [before, after] = [was.check, now.check];
  if (before?.kind !== after?.kind) tell('scheme-check-changed', `${name} is checked by ${checker(after)}, and was by ${checker(before)}`, place());
  else if (before && after) compareCheck(name, before, after, place, tell);
};

const credentialText = ({ credential }: SecurityScheme): string => (credential.kind === 'api-key' ? `${credential.in} ${code(credential.name)}` : credential.kind === 'other-http' ? code(credential.scheme) : credential.kind);

const checkers: Readonly<Record<Check['kind'], string>> = {
  jwt: 'the issuer of a JWT', 'user-pool': 'a user pool', function: 'a function', introspection: 'an introspection endpoint', plans: 'usage plans', iam: 'signatures', 'client-certificate': 'client certificates',
};
const checker = (check: Check | undefined): string => (check ? checkers[check.kind] : 'nobody');

type Place = (...keys: readonly string[]) => Places;

const compareCheck = (name: string, was: Check, now: Check, place: Place, tell: Tell): void => {
  const other = (key: string, before: unknown, after: unknown): void => {
    if (before !== after) tell('scheme-check-changed', `${name} goes by another ${code(key)}`, place(key));
  };
  const remembered = (before: number, after: number): void => {
    if (before !== after) tell('scheme-memory-changed', `Verdicts of ${name} are remembered for ${after} s, and were for ${before} s`, place('cacheTtl'));
  };
  if (was.kind === 'jwt' && now.kind === 'jwt') {
    other('issuer', was.issuer, now.issuer);
    other('keys', was.keys, now.keys);
    for (const key of ['audience', 'algorithms'] as const) {
      const [less, more] = [without(was[key], now[key]), without(now[key], was[key])];
      if (less.length > 0) tell('scheme-narrowed', `${name} no longer takes tokens with the ${key} ${list(less.map(code))}`, place(key));
      if (more.length > 0) tell('scheme-widened', `${name} also takes tokens with the ${key} ${list(more.map(code))}`, place(key));
    }
    if (was.clockSkewSeconds !== now.clockSkewSeconds) tell(now.clockSkewSeconds < was.clockSkewSeconds ? 'scheme-narrowed' : 'scheme-widened', `${name} takes tokens for ${now.clockSkewSeconds} s after they end, and did for ${was.clockSkewSeconds} s`, place('clockSkew'));
  } else if (was.kind === 'user-pool' && now.kind === 'user-pool') other('userPool', was.pool, now.pool);
  else if (was.kind === 'client-certificate' && now.kind === 'client-certificate') other('truststore', was.truststore, now.truststore);
  else if (was.kind === 'introspection' && now.kind === 'introspection') {
    other('introspection', was.url, now.url);
    other('credentials', was.credentials, now.credentials);
    remembered(was.cacheTtlSeconds, now.cacheTtlSeconds);
  } else if (was.kind === 'function' && now.kind === 'function') {
    other('function', was.function, now.function);
    if (!alike(was.identity, now.identity)) tell('scheme-identity-changed', `Verdicts of ${name} are remembered by ${list(now.identity.map((each) => code(each.name)))}, and were by ${list(was.identity.map((each) => code(each.name)))}`, place('identity'));
    remembered(was.cacheTtlSeconds, now.cacheTtlSeconds);
  } else if (was.kind === 'plans' && now.kind === 'plans') comparePlans(name, { was: was.plans, now: now.plans }, place('plans'), tell);
};

const comparePlans = (scheme: string, { was, now }: Both<readonly UsagePlan[]>, places: Places, tell: Tell): void => {
  for (const before of was) {
    const after = now.find(({ name }) => name === before.name);
    if (!after) tell('plan-removed', `The plan ${code(before.name)} of ${scheme} is gone`, places);
    else if (!alike(before, after)) tell(lets(after, before) ? 'plan-raised' : 'plan-lowered', `The plan ${code(after.name)} of ${scheme} lets ${planText(after)} through, and let ${planText(before)}`, places);
  }
  for (const after of now) if (!was.some(({ name }) => name === after.name)) tell('plan-added', `There is a plan ${code(after.name)} of ${scheme}`, places);
};

const perDay: Readonly<Record<'day' | 'week' | 'month', number>> = { day: 1, week: 7, month: 30 };
const daily = ({ quota }: UsagePlan): number => (quota ? quota.limit / perDay[quota.per] : Infinity);

/** Whether a plan lets everything through that another does. */
const lets = (one: UsagePlan, other: UsagePlan): boolean => one.rate >= other.rate && one.burst >= other.burst && daily(one) >= daily(other);
const planText = ({ rate, burst, quota }: UsagePlan): string => `${rate}/s (${burst} at once${quota ? `, ${quota.limit} a ${quota.per}` : ''})`;
