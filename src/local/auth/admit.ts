import { fromClaims, fromContext } from '../../runtime/gateway.js';
import type { TokenCheck } from '../../runtime/jwt.js';
import { headerOf, type WireAnswer } from '../exchange.js';
import type { Caller, Passage, Site } from '../passage.js';
import type { GatewayErrorType } from '../refusals.js';
import { checkSignature } from './signature.js';

/** Who a caller is, or with what error they are sent away. */
export type Admission = Caller | { readonly refused: GatewayErrorType; readonly why: string; readonly headers?: WireAnswer['headers']; readonly note?: string };

export type Admit = (passage: Passage) => Admission | Promise<Admission>;

/** Requests signed with the local credentials. */
export const bySignature = ({ keyring, clock }: Site): Admit => ({ request }) => {
  const verdict = checkSignature(request, keyring.credentials, clock.now());
  switch (verdict) {
    case 'missing': return { refused: 'MISSING_AUTHENTICATION_TOKEN', why: 'not signed' };
    case 'expired': return { refused: 'EXPIRED_TOKEN', why: 'signature expired' };
    case 'invalid': return { refused: 'INVALID_SIGNATURE', why: 'wrong signature' };
    case 'valid': return { userArn: localUser, auth: { scheme: '', principalId: localUser, scopes: [], claims: {} }, authorizer: { iam: { userArn: localUser } } };
  }
};
const localUser = 'arn:aws:iam::000000000000:user/local';

/** The gateway's own check of tokens; of several scopes one is enough for it. */
export const byToken = ({ api }: Site, check: TokenCheck, scheme: string, scopes: readonly string[]): Admit => {
  const challenge = (parameters: string): WireAnswer['headers'] => (api.protocol.kind === 'http' ? [['WWW-Authenticate', `Bearer${parameters}`]] : []);
  return async ({ request }) => {
    const given = headerOf(request.headers, 'authorization');
    if (given === undefined || given === '') return { refused: 'UNAUTHORIZED', why: 'no token', headers: challenge('') };
    const identity = await check(given.replace(/^bearer +/i, ''));
    if (!identity) return { refused: 'UNAUTHORIZED', why: 'token not valid', headers: challenge(' error="invalid_token"') };
    const granted = scopes.filter((scope) => identity.scopes.includes(scope));
    if (scopes.length > 0 && granted.length === 0) {
      return { refused: api.protocol.kind === 'http' ? 'ACCESS_DENIED' : 'UNAUTHORIZED', why: 'scope missing', headers: challenge(` error="insufficient_scope" scope="${scopes.map((scope) => scope.replace(/[^\x21\x23-\x5b\x5d-\x7e]/g, '')).join(' ')}"`) };
    }
    const auth = { ...fromClaims(identity.claims, undefined), scheme };
    const claims = Object.fromEntries(Object.entries(identity.claims).map(([name, value]) => [name, claimText(value)]));
    return { auth, authorizer: api.protocol.kind === 'http' ? { jwt: { claims, scopes: granted.length > 0 ? granted : null } } : { claims } };
  };
};

/** Claims as the gateway prints them: lists in brackets, without commas. */
const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));

/** The caller that a function's flat context speaks of. */
export const fromFunction = (context: Readonly<Record<string, unknown>>, protocol: 'rest' | 'http'): Caller => ({ auth: fromContext(context), authorizer: protocol === 'rest' ? context : { lambda: context } });
