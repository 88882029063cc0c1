import { get, type Row } from './documents.js';

const bearer = { type: 'http', scheme: 'bearer' };
const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const issuer = { issuer: 'https://id.example.com', audience: ['shop'], algorithms: ['RS256'], clockSkew: '30s' };
const schemes = { user: { ...bearer, 'x-gateway': issuer }, service: { ...key, 'x-gateway': { function: 'checkKey' } } };
const asks = (...security: readonly object[]) => get({ security } as never, { components: { securitySchemes: schemes } } as never);
const by = (scheme: object, name = 'user') => get({ security: [{ [name]: [] }] }, { components: { securitySchemes: { [name]: scheme } } } as never);
const token = (facts: object) => by({ ...bearer, 'x-gateway': { ...issuer, ...facts } });
const checked = (facts: object) => by({ ...key, 'x-gateway': { function: 'checkKey', ...facts } });
const plans = (value: object) => by({ ...key, 'x-gateway': { plans: value } });
const basic = { rate: 10, burst: 20, quota: { limit: 1000, per: 'day' } };

export const security: readonly Row[] = [
  ['callers must show who they are', asks(), asks({ user: [] }), ['breaking security-added']],
  ['everyone may call', asks({ user: [] }), asks(), ['breaking security-opened']],
  ['everyone may call, as one of several', asks({ user: [] }), asks({ user: [] }, {}), ['breaking security-opened']],
  ['one way less', asks({ user: [] }, { service: [] }), asks({ user: [] }), ['breaking security-alternative-removed']],
  ['one way more', asks({ user: [] }), asks({ user: [] }, { service: [] }), ['risky security-alternative-added']],
  ['both together', asks({ user: [] }), asks({ user: [], service: [] }), ['breaking security-alternative-removed']],
  ['another scheme', asks({ user: [] }), asks({ service: [] }), ['breaking security-alternative-removed', 'risky security-alternative-added']],
  ['one more scope', asks({ user: ['read'] }), asks({ user: ['read', 'write'] }), ['breaking scope-added']],
  ['a scope less', asks({ user: ['read', 'write'] }), asks({ user: ['read'] }), ['risky scope-removed']],
  ['another scope', asks({ user: ['read'] }), asks({ user: ['write'] }), ['breaking scope-added', 'risky scope-removed']],
  ['no change: a scheme is renamed', by({ ...bearer, 'x-gateway': issuer }), by({ ...bearer, 'x-gateway': issuer }, 'customer'), []],
  ['no change: the order of what is asked', asks({ user: [] }, { service: [] }), asks({ service: [] }, { user: [] }), []],
  ['another credential', by({ ...key, 'x-gateway': { function: 'checkKey' } }), by({ type: 'apiKey', in: 'query', name: 'key', 'x-gateway': { function: 'checkKey', identity: ['$request.header.X-Key'] } }), ['breaking scheme-credential-changed']],
  ['another issuer', token({}), token({ issuer: 'https://other.example.com' }), ['breaking scheme-check-changed']],
  ['somebody else checks', token({}), by({ ...bearer, 'x-gateway': { userPool: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a' } }), ['breaking scheme-check-changed']],
  ['one audience less', token({ audience: ['shop', 'app'] }), token({}), ['breaking scheme-narrowed']],
  ['one audience more', token({}), token({ audience: ['shop', 'app'] }), ['risky scheme-widened']],
  ['one algorithm more', token({}), token({ algorithms: ['RS256', 'ES256'] }), ['risky scheme-widened']],
  ['a shorter clock skew', token({}), token({ clockSkew: '10s' }), ['breaking scheme-narrowed']],
  ['verdicts are remembered by something else', checked({ identity: ['$request.header.X-Key'] }), checked({ identity: ['$request.header.X-Key', '$request.header.X-Tenant'] }), ['risky scheme-identity-changed']],
  ['verdicts are remembered for longer', checked({ cacheTtl: '60s' }), checked({ cacheTtl: '300s' }), ['risky scheme-memory-changed']],
  ['a plan lets less through', plans({ basic }), plans({ basic: { ...basic, rate: 5 } }), ['risky plan-lowered']],
  ['a smaller quota', plans({ basic }), plans({ basic: { ...basic, quota: { limit: 500, per: 'day' } } }), ['risky plan-lowered']],
  ['a plan lets more through', plans({ basic }), plans({ basic: { ...basic, burst: 40 } }), ['safe plan-raised']],
  ['a plan goes', plans({ basic, gold: basic }), plans({ basic }), ['breaking plan-removed']],
  ['a plan comes', plans({ basic }), plans({ basic, gold: basic }), ['safe plan-added']],
];
