import { list } from '../base/text.js';
import type { Cache, CacheKeyPart, Operation, Throttle } from '../ir/index.js';
import { announcements } from '../ir/versions.js';
import { routeOf } from '../lint/rule.js';
import type { Places, Tell } from './changes.js';
import type { RuleName } from './rules/index.js';
import { alike, code, without } from './values.js';
import { policyPlace, type Both, type Version } from './version.js';

/** What an operation asks of its edge. */
export const comparePolicy = (versions: Both<Version>, { was, now }: Both<Operation>, tell: Tell): void => {
  const route = routeOf(now);
  const [before, after] = [was.policy, now.policy];
  const place = (...keys: readonly string[]): Places => ({ was: policyPlace(versions.was, was, ...keys), now: policyPlace(versions.now, now, ...keys) });
  compareThrottle(route, { was: before.throttle, now: after.throttle }, place('throttle'), tell);
  if (before.timeoutMs !== after.timeoutMs) tell(after.timeoutMs < before.timeoutMs ? 'timeout-lowered' : 'timeout-raised', `${route} has ${after.timeoutMs / 1000} s to answer, and had ${before.timeoutMs / 1000} s`, place('timeout'));
  compareLimits(route, { was, now }, place, tell);
  compareCache(route, { was: before.cache, now: after.cache }, place, tell);
  if (!alike(editsOf(before), editsOf(after))) tell('header-edits-changed', `${route} takes out or sets other headers`, place('headers'));
  for (const [name, { status }] of before.errors) {
    const other = after.errors.get(name);
    if (!other) tell('error-mapping-removed', `${route} has no status for ${code(name)} any more: it becomes a 500`, place('errors', 'map', name));
    else if (other.status !== status) tell('error-status-changed', `${route} answers ${code(name)} with ${other.status}, and did with ${status}`, place('errors', 'map', name));
  }
  for (const [name, { status }] of after.errors) if (!before.errors.has(name)) tell('error-mapping-added', `${route} answers ${code(name)} with ${status}`, place('errors', 'map', name));
  const grants = { was: before.uses.map(({ resource, access }) => `${resource}: ${access}`), now: after.uses.map(({ resource, access }) => `${resource}: ${access}`) };
  const [more, less] = [without(grants.now, grants.was), without(grants.was, grants.now)];
  if (more.length > 0) tell('grant-added', `The code behind ${route} may also ${list(more.map(code))}`, place('uses'));
  if (less.length > 0) tell('grant-removed', `The code behind ${route} may no longer ${list(less.map(code))}`, place('uses'));
};

/** Edits with expressions as they were written; what a version announces is told of the version. */
const editsOf = ({ headers: { request, response }, version }: Operation['policy']): unknown => {
  const announced = announcements(version);
  return [request, response].map(({ remove, set }) => ({
    remove: [...remove].sort(),
    set: Object.fromEntries([...set].filter(([name, value]) => announced.get(name) !== value).map(([name, value]) => [name, typeof value === 'string' ? value : value.text])),
  }));
};

const bucketText = ({ rate, burst }: Pick<Throttle, 'rate' | 'burst'>): string => `${rate}/s (${burst} at once)`;

/** A token bucket in front of an operation or a stage. */
export const compareThrottle = (what: string, { was, now }: Both<(Pick<Throttle, 'rate' | 'burst'> & Partial<Throttle>) | undefined>, places: Places, tell: Tell): void => {
  if (!was && !now) return;
  if (!was || !now) {
    if (now) tell('throttle-added', `${what} lets ${bucketText(now)} through, and was not throttled`, places);
    else if (was) tell('throttle-removed', `${what} is not throttled any more, and let ${bucketText(was)} through`, places);
    return;
  }
  if (was.per !== now.per) tell('throttle-scope-changed', `${what} counts requests per ${now.per ?? 'stage'}, and did per ${was.per ?? 'stage'}`, places);
  if (was.rate !== now.rate || was.burst !== now.burst) {
    const lowered = now.rate < was.rate || now.burst < was.burst;
    tell(lowered ? 'throttle-lowered' : 'throttle-raised', `${what} lets ${bucketText(now)} through, and let ${bucketText(was)}`, places);
  }
  if (was.retryAfterMs !== now.retryAfterMs) tell('retry-after-changed', `${what} tells refused callers to wait ${(now.retryAfterMs ?? 0) / 1000} s, and told them ${(was.retryAfterMs ?? 0) / 1000} s`, places);
};

type Place = (...keys: readonly string[]) => Places;

const compareLimits = (route: string, { was, now }: Both<Operation>, place: Place, tell: Tell): void => {
  const [before, after] = [was.policy.limits, now.policy.limits];
  if (before.bodyBytes !== after.bodyBytes) tell(after.bodyBytes < before.bodyBytes ? 'body-limit-lowered' : 'body-limit-raised', `${route} takes bodies of ${after.bodyBytes} bytes, and took ${before.bodyBytes}`, place('limits', 'body'));
  if (!before.types && !after.types) return;
  // Without a list, whatever the operation declares is accepted.
  const typesOf = ({ policy, body }: Operation): readonly string[] => policy.limits.types ?? body?.contents.map(({ mediaType }) => mediaType) ?? [];
  const [less, more] = [without(typesOf(was), typesOf(now)), without(typesOf(now), typesOf(was))];
  if (less.length > 0) tell('accepted-types-narrowed', `${route} no longer takes ${list(less.map(code))}`, place('limits', 'types'));
  else if (more.length > 0) tell('accepted-types-widened', `${route} also takes ${list(more.map(code))}`, place('limits', 'types'));
};

const partText = (part: CacheKeyPart): string => (part.kind === 'parameter' ? `${part.in}.${part.in === 'header' ? part.name.toLowerCase() : part.name}` : part.kind === 'claim' ? `claim.${part.path.join('.')}` : 'principal');

const compareCache = (route: string, { was, now }: Both<Cache | undefined>, place: Place, tell: Tell): void => {
  if (!was && !now) return;
  if (!was || !now) {
    if (now) tell('cache-added', `Answers of ${route} may be ${now.ttlSeconds} s old, and were fresh`, place('cache'));
    else tell('cache-removed', `Answers of ${route} are not cached any more: each request reaches the backend`, place('cache'));
    return;
  }
  if (was.ttlSeconds !== now.ttlSeconds) tell(now.ttlSeconds > was.ttlSeconds ? 'cache-ttl-raised' : 'cache-ttl-lowered', `Answers of ${route} may be ${now.ttlSeconds} s old, and could be ${was.ttlSeconds} s`, place('cache', 'ttl'));
  const keys = { was: was.key.map(partText), now: now.key.map(partText) };
  const [less, more] = [without(keys.was, keys.now), without(keys.now, keys.was)];
  if (less.length > 0) tell('cache-key-part-removed', `Requests of ${route} that differ in ${list(less.map(code))} share an answer`, place('cache', 'key'));
  if (more.length > 0) tell('cache-key-part-added', `Requests of ${route} that differ in ${list(more.map(code))} no longer share an answer`, place('cache', 'key'));
  const differs: readonly (readonly [RuleName, boolean, string, string])[] = [
    ['cache-control-changed', was.control !== now.control, `Caches beyond the gateway are told ${code(now.control ?? 'nothing')} of ${route}, and were told ${code(was.control ?? 'nothing')}`, 'control'],
    ['cache-shared', now.shared && !was.shared, `One answer of ${route} is given to every caller`, 'shared'],
  ];
  for (const [rule, differ, message, key] of differs) if (differ) tell(rule, message, place('cache', key));
};
