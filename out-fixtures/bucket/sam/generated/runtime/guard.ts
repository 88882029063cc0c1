import { inputOf, type AuthorizerEvent, type Check, type CredentialPlace } from './authorizer.js';
import type { TokenCheck } from './jwt.js';
import type { Auth } from './message.js';
import { log } from './platform.js';

/** What a caller shows, with what stands in `Authorization`, as often as it was sent. */
interface Caller { readonly event: AuthorizerEvent; readonly authorization: readonly string[] }

/** A scheme, and who a caller is by it; nothing when it does not believe them. Throws when it cannot tell. */
export interface SchemeCheck { readonly scheme: string; readonly check: (caller: Caller) => Promise<Auth | undefined> }

/** What a route asks of its callers: one of several schemes, each with the scopes that it must have given. */
export interface GuardedRoute {
  readonly method: string;
  /** As the gateway names it: `/orders/{orderId}`. */
  readonly path: string;
  readonly anyOf: readonly { readonly scheme: string; readonly scopes: readonly string[] }[];
}

interface RestEvent extends AuthorizerEvent {
  readonly methodArn: string;
  readonly httpMethod: string;
  readonly resource: string;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
}
interface HttpEvent extends AuthorizerEvent { readonly routeKey: string }

/** A token behind its prefix (`Bearer`), sent once. */
export const bearer = (prefix: string, check: TokenCheck): SchemeCheck['check'] => async ({ authorization: [only, ...others] }) => {
  const [word, token, ...more] = (only ?? '').split(' ').filter((part) => part !== '');
  return token !== undefined && others.length === 0 && more.length === 0 && word?.toLowerCase() === prefix.toLowerCase() ? check(token) : undefined;
};

/** A check of the developer's. */
export const own = (place: CredentialPlace, check: Check): SchemeCheck['check'] => async ({ event }) => {
  const verdict = await check(inputOf(event, [place]).input);
  return verdict.allow ? { scheme: place.scheme, principalId: verdict.principalId, scopes: verdict.scopes ?? [], claims: verdict.claims ?? {} } : undefined;
};

/** The gateway makes 401 of an error with this message, and 500 of every other. */
const unauthorized = (): Error => new Error('Unauthorized');

const attempt = async (check: SchemeCheck['check'], caller: Caller): Promise<Auth | Error | undefined> => {
  try {
    return await check(caller);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

/** Who calls, or that they may not; throws `Unauthorized` when no scheme believes them, and what went wrong when none could tell. */
const decide = async (schemes: readonly SchemeCheck[], route: GuardedRoute | undefined, caller: Caller): Promise<Auth | 'forbidden'> => {
  if (!route) return 'forbidden';
  let known = false;
  let failure: Error | undefined;
  for (const { scheme, scopes } of route.anyOf) {
    const by = schemes.find((each) => each.scheme === scheme);
    const identity = by && await attempt(by.check, caller);
    if (identity instanceof Error) failure = identity;
    else if (identity) {
      known = true;
      if (scopes.every((scope) => identity.scopes.includes(scope))) return { ...identity, scheme };
    }
  }
  if (known) return 'forbidden';
  if (!failure) throw unauthorized();
  log({ level: 'error', message: failure.message, error: { name: failure.name, stack: failure.stack } });
  throw new Error('The credentials could not be checked');
};

const contextOf = ({ scheme, principalId, scopes, claims }: Auth) => ({ scheme, principalId, scopes: scopes.join(' '), claims: JSON.stringify(claims) });

/** What was sent as `Authorization`; an HTTP API joins several with commas, which no credential has. */
const authorizationOf = (headers: Readonly<Record<string, string | readonly string[] | undefined>> | null | undefined): string[] =>
  Object.entries(headers ?? {}).flatMap(([name, value]) => (name.toLowerCase() === 'authorization' && value !== undefined ? value : []));

/**
 * The authorizer of a REST API for schemes of which one is enough. The gateway remembers its verdict by the credential and
 * the route, and the policy covers that route alone, whatever its path variables are.
 */
export const restGuard = (schemes: readonly SchemeCheck[], routes: readonly GuardedRoute[]) => async (event: RestEvent) => {
  const route = routes.find(({ method, path }) => method === event.httpMethod && path === event.resource);
  const verdict = await decide(schemes, route, { event, authorization: authorizationOf(event.multiValueHeaders ?? event.headers) });
  const [api = '', stage = ''] = event.methodArn.split('/');
  const statement = {
    Action: 'execute-api:Invoke',
    Effect: verdict === 'forbidden' ? 'Deny' : 'Allow',
    Resource: `${api}/${stage}/${event.httpMethod}${event.resource.replace(/\{[^}]*\}/g, '*')}`,
  };
  return {
    principalId: verdict === 'forbidden' ? 'anonymous' : verdict.principalId,
    policyDocument: { Version: '2012-10-17', Statement: [statement] },
    ...(verdict === 'forbidden' ? {} : { context: contextOf(verdict) }),
  };
};

/** The same for an HTTP API, with simple responses. */
export const httpGuard = (schemes: readonly SchemeCheck[], routes: readonly GuardedRoute[]) => async (event: HttpEvent) => {
  const verdict = await decide(schemes, routes.find(({ method, path }) => `${method} ${path}` === event.routeKey), { event, authorization: authorizationOf(event.headers) });
  return verdict === 'forbidden' ? { isAuthorized: false } : { isAuthorized: true, context: contextOf(verdict) };
};
