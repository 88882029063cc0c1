import type { Value } from './message.js';
import { log } from './platform.js';

/**
 * What an authorizer decides by. The route is left out on purpose: a verdict is cached by the credential, and holds for
 * every route of the stage.
 */
export interface AuthorizerInput {
  /** What the caller shows, without `Bearer `; absent where they show nothing. */
  readonly credential?: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
}

/** Who the caller is, or that they may not pass. */
export type Verdict =
  | { readonly allow: false }
  | { readonly allow: true; readonly principalId: string; readonly scopes?: readonly string[]; readonly claims?: { readonly [name: string]: Value } };

export type Check = (input: AuthorizerInput) => Verdict | Promise<Verdict>;

/** Where a scheme's credential stands. */
export interface CredentialPlace { readonly scheme: string; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }

/** What the events of authorizers have in common. */
export interface AuthorizerEvent {
  readonly authorizationToken?: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly cookies?: readonly string[];
}

const texts = (map: Readonly<Record<string, string | undefined>> | null | undefined, name: (key: string) => string): { [key: string]: string } =>
  Object.fromEntries(Object.entries(map ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[name(key), value]])));

const find = (event: AuthorizerEvent, headers: { readonly [name: string]: string }, place: CredentialPlace): string | undefined => {
  if (place.in === 'query') return event.queryStringParameters?.[place.name];
  if (place.in === 'header') return headers[place.name.toLowerCase()];
  const pairs = [...(event.cookies ?? []), ...(headers['cookie'] ?? '').split(';')].map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${place.name}=`))?.slice(place.name.length + 1);
};

/** What a check is asked about a request. */
export const inputOf = (event: AuthorizerEvent, places: readonly CredentialPlace[]): { readonly input: AuthorizerInput; readonly scheme: string | undefined } => {
  const headers = texts(event.headers, (name) => name.toLowerCase());
  const query = texts(event.queryStringParameters, (name) => name);
  const shown = places.map((place) => ({ scheme: place.scheme, text: find(event, headers, place) })).find(({ text }) => text !== undefined);
  const credential = (event.authorizationToken ?? shown?.text)?.replace(/^bearer +/i, '');
  return { input: { ...(credential === undefined ? {} : { credential }), headers, query }, scheme: shown?.scheme };
};

const decide = async (event: AuthorizerEvent, places: readonly CredentialPlace[], check: Check): Promise<{ verdict: Verdict; scheme: string }> => {
  const { input, scheme } = inputOf(event, places);
  try {
    return { verdict: await check(input), scheme: scheme ?? places[0]?.scheme ?? '' };
  } catch (error) {
    log({ level: 'error', message: error instanceof Error ? error.message : String(error), error: error instanceof Error && { name: error.name, stack: error.stack } });
    return { verdict: { allow: false }, scheme: '' };
  }
};

const contextOf = (verdict: Extract<Verdict, { allow: true }>, scheme: string) =>
  ({ scheme, principalId: verdict.principalId, scopes: (verdict.scopes ?? []).join(' '), claims: JSON.stringify(verdict.claims ?? {}) });

/** The authorizer of a REST API: answers with a policy for the whole stage. */
export const restAuthorizer = (places: readonly CredentialPlace[], check: Check) => async (event: AuthorizerEvent & { readonly methodArn: string }) => {
  const { verdict, scheme } = await decide(event, places, check);
  const resource = `${event.methodArn.split('/').slice(0, 2).join('/')}/*`;
  return {
    principalId: verdict.allow ? verdict.principalId : 'anonymous',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: verdict.allow ? 'Allow' : 'Deny', Resource: resource }] },
    ...(verdict.allow ? { context: contextOf(verdict, scheme) } : {}),
  };
};

/** The authorizer of an HTTP API with simple responses. */
export const httpAuthorizer = (places: readonly CredentialPlace[], check: Check) => async (event: AuthorizerEvent) => {
  const { verdict, scheme } = await decide(event, places, check);
  return { isAuthorized: verdict.allow, ...(verdict.allow ? { context: contextOf(verdict, scheme) } : {}) };
};
