import { guardsOf } from '../../../generators/kit/aws/guards.js';
import { layout } from '../../emit/layout.js';
import type { Check, IdentitySource, Operation, SecurityScheme } from '../../ir/index.js';
import { bearer, httpGuard, own, restGuard, type SchemeCheck } from '../../runtime/guard.js';
import type { Verdict } from '../../runtime/authorizer.js';
import { eventParts, httpEvent, restEvent } from '../events.js';
import { headerOf } from '../exchange.js';
import { FunctionFailure } from '../function-thread.js';
import type { Passage, Site } from '../passage.js';
import { fromFunction, type Admit, type Admission } from './admit.js';
import { allows, readPolicy, type PolicyVerdict } from './policy-document.js';
import { tokenCheck } from './policies.js';
import { Verdicts } from './verdicts.js';

type FunctionCheck = Extract<Check, { kind: 'function' }>;

/** How long an authorizer function may take (API Gateway quotas, HTTP API). */
const patienceMs = 10_000;

/** A function that decides on callers, as the gateway is set up for it: by what it is called, and its verdict remembered. */
interface Authorizer {
  readonly name: string;
  readonly ttlSeconds: number;
  readonly identity: readonly IdentitySource[];
  /** The one header whose value alone the function is given. */
  readonly token?: string;
  readonly call: (event: object) => Promise<unknown>;
}

/** A function of the developer's. */
export const byFunction = (site: Site, { name, check }: SecurityScheme & { readonly check: FunctionCheck }, operation: Operation): Admit => {
  const [first] = check.identity;
  const rest = site.api.protocol.kind === 'rest';
  return admitBy(site, operation, site.once(`authorizer ${name}`, () => authorizer(site, {
    name, identity: check.identity, ttlSeconds: check.identity.length === 0 ? 0 : check.cacheTtlSeconds,
    ...(rest && check.identity.length === 1 && first?.in === 'header' ? { token: first.name } : {}),
    call: (event) => site.invoke(layout.authorizerEntry(check.function), JSON.stringify(event), patienceMs),
  })), rest ? [] : [operation.method, operation.path.text]);
};

/** The guard that the compiler writes for a set of schemes: the same code, with the keys and the clock of this gateway. */
export const byGuard = (site: Site, operation: Operation): Admit => {
  const guard = guardsOf(site.api).find(({ routes }) => routes.some(({ route }) => route.operation === operation));
  if (!guard) return () => ({ refused: 'AUTHORIZER_CONFIGURATION_ERROR', why: 'no authorizer' });
  return admitBy(site, operation, site.once(`guard ${guard.name}`, () => {
    const checks = guard.schemes.map((scheme): SchemeCheck => ({ scheme: scheme.name, check: guardCheck(site, scheme) }));
    const routes = guard.routes.map(({ route: { operation: { method }, path }, anyOf: demands }) => ({ method, path, anyOf: demands.map(({ scheme, scopes }) => ({ scheme: scheme.name, scopes })) }));
    const call = site.api.protocol.kind === 'rest' ? restGuard(checks, routes) : httpGuard(checks, routes);
    return authorizer(site, {
      name: guard.name, ttlSeconds: guard.ttlSeconds, identity: guard.ttlSeconds > 0 ? [{ in: 'header', name: 'authorization' }] : [], call: (event) => call(event as never),
    });
  }), [operation.method, operation.path.text]);
};

const guardCheck = (site: Site, scheme: SecurityScheme): SchemeCheck['check'] => {
  const { check, credential, name } = scheme;
  if (check?.kind !== 'function') return bearer(credential.kind === 'other-http' ? credential.scheme : 'Bearer', tokenCheck(site, scheme));
  const place = credential.kind === 'api-key' ? { scheme: name, in: credential.in, name: credential.name } : { scheme: name, in: 'header' as const, name: 'authorization' };
  return own(place, async (input) => (await site.invoke(layout.authorizer(check.function), JSON.stringify(input), patienceMs)) as Verdict);
};

interface Remembering { readonly authorizer: Authorizer; readonly verdicts: Verdicts<PolicyVerdict | SimpleVerdict> }
interface SimpleVerdict { readonly allowed: boolean; readonly context: Readonly<Record<string, unknown>> }

const authorizer = (site: Site, by: Authorizer): Remembering => {
  const verdicts = new Verdicts<PolicyVerdict | SimpleVerdict>(by.ttlSeconds, site.clock);
  site.onReset(() => verdicts.clear());
  site.show('verdicts', by.name, () => ({ remembered: verdicts.size, seconds: by.ttlSeconds }));
  return { authorizer: by, verdicts };
};

const admitBy = (site: Site, operation: Operation, { authorizer: by, verdicts }: Remembering, route: readonly string[]): Admit => async (passage) => {
  const identity = by.identity.map((source) => valueOf(site, operation, passage, source));
  if (identity.some((value) => value === undefined || value === '')) return { refused: 'UNAUTHORIZED', why: 'nothing to go by' };
  const methodArn = arnOf(site, passage);
  try {
    const { verdict, remembered } = await verdicts.get(JSON.stringify([...identity, ...route]), () => ask(site, passage, by, methodArn, identity as readonly string[]));
    return judge(site, verdict, methodArn, remembered);
  } catch (error) {
    return failure(error);
  }
};

/** The answer cannot be used. */
class BadVerdict extends Error {}

const ask = async (site: Site, passage: Passage, { token, call }: Authorizer, methodArn: string, identity: readonly string[]): Promise<PolicyVerdict | SimpleVerdict> => {
  const parts = eventParts(site, passage.match.route)(passage);
  if (site.api.protocol.kind === 'rest') {
    const answer = await call(token === undefined ? { type: 'REQUEST', methodArn, ...restEvent(parts) } : { type: 'TOKEN', methodArn, authorizationToken: identity[0] });
    const policy = readPolicy(answer);
    if (!policy) throw new BadVerdict('the authorizer answered no policy');
    return policy;
  }
  const answer = (await call({ ...httpEvent(parts), type: 'REQUEST', routeArn: methodArn, identitySource: identity })) as { readonly isAuthorized?: unknown; readonly context?: Readonly<Record<string, unknown>> } | null;
  if (typeof answer?.isAuthorized !== 'boolean') throw new BadVerdict('the authorizer does not say `isAuthorized`');
  return { allowed: answer.isAuthorized, context: answer.context ?? {} };
};

const judge = ({ api }: Site, verdict: PolicyVerdict | SimpleVerdict, methodArn: string, remembered: boolean): Admission => {
  const allowed = 'allowed' in verdict ? verdict.allowed : allows(verdict, methodArn);
  if (!allowed) return { refused: 'ACCESS_DENIED', why: remembered ? 'denied, as before' : 'denied' };
  return { ...fromFunction('allowed' in verdict ? verdict.context : { principalId: verdict.principalId, ...verdict.context }, api.protocol.kind), ...(remembered ? { remembered } : {}) };
};

const failure = (error: unknown): Admission => {
  const message = error instanceof FunctionFailure ? error.reason : error instanceof Error ? error.message : String(error);
  if (message === 'Unauthorized') return { refused: 'UNAUTHORIZED', why: 'not believed' };
  return { refused: error instanceof BadVerdict ? 'AUTHORIZER_CONFIGURATION_ERROR' : 'AUTHORIZER_FAILURE', why: 'authorizer failed', note: error instanceof Error ? error.message : message };
};

const arnOf = ({ stage }: Site, { request }: Passage): string => `arn:aws:execute-api:local:000000000000:local/${stage}/${request.method}${request.path}`;

const valueOf = ({ stage, stageVariables }: Site, operation: Operation, { id, request }: Passage, { in: place, name }: IdentitySource): string | undefined => {
  switch (place) {
    case 'header': return headerOf(request.headers, name.toLowerCase());
    case 'query': return new URLSearchParams(request.query).get(name) ?? undefined;
    case 'stage': return stageVariables[name];
    case 'context': return ({ requestId: id, stage, sourceIp: request.sourceIp, 'identity.sourceIp': request.sourceIp, httpMethod: request.method, resourcePath: operation.path.text, path: request.path, routeKey: `${operation.method} ${operation.path.text}` } as Readonly<Record<string, string>>)[name];
  }
};
