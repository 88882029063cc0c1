import type { MakeStep } from '../passage.js';
import { headerOf, type WireRequest } from '../exchange.js';

/**
 * Nobody is checked here yet, so a caller of a secured operation is taken for a local user: with the claims of
 * whatever bearer token was sent, unverified, and every scope that the operation asks for.
 */
export const authorize: MakeStep = ({ api }, operation) => {
  const [demand] = operation.security[0]?.all ?? [];
  if (!demand) return undefined;
  const scheme = api.schemes.get(demand.scheme)?.name ?? demand.scheme;
  return (passage) => {
    const claims = unverifiedClaims(passage.request);
    const subject = claims['sub'];
    const auth = { scheme, principalId: typeof subject === 'string' ? subject : 'local-user', scopes: demand.scopes, claims: claims as never };
    const rest = { scheme, principalId: auth.principalId, scopes: auth.scopes.join(' '), claims: JSON.stringify(claims) };
    passage.caller = { auth, authorizer: api.protocol.kind === 'rest' ? rest : { lambda: rest } };
    return { outcome: 'taken on trust' };
  };
};

const unverifiedClaims = ({ headers }: WireRequest): Record<string, unknown> => {
  try {
    const claims: unknown = JSON.parse(Buffer.from((headerOf(headers, 'authorization') ?? '').replace(/^Bearer /i, '').split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
