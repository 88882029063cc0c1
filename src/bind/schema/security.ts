import { boolean, choice, duration, keyed, list, map, number, object, text } from '../../language/shape.js';

const cacheTtl = duration('How long a verdict is remembered; 0s for not at all.', { default: '60s' });

/** All that tokens are signed with; those that a forger could use are known too, so that they are refused by name. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS256', 'HS384', 'HS512', 'none'];

const plan = object('What one plan allows.', {
  rate: number('Requests per second.', { above: 0 }),
  burst: number('Requests at once.', { integer: true, minimum: 1 }),
  quota: object('Requests in a period.', {
    limit: number('How many.', { integer: true, minimum: 1 }),
    per: choice('The period.', ['day', 'week', 'month']),
  }, { required: ['limit', 'per'] }),
}, { required: ['rate', 'burst'] });

/** Who checks what a caller shows; told apart by the first key of each. */
export const security = keyed('How this scheme is enforced.', {
  issuer: object('A JSON Web Token.', {
    issuer: text('Who must have issued it.', { examples: ['https://id.example.com/'] }),
    audience: list('Whom it must be for; one of them.', text('An audience.')),
    algorithms: list('Signature algorithms accepted.', choice('An algorithm.', algorithms), { default: ['RS256'] }),
    clockSkew: duration('Tolerated difference of clocks.', { default: '30s' }),
    keys: text('URL of the key set (JWKS); found over the issuer unless said.', { pattern: '^https?://', wanted: 'a URL' }),
  }),
  userPool: object('A Cognito user pool.', { userPool: text('Its ARN, or the name of a parameter that has it.') }),
  function: object('A function that the developer writes.', {
    function: text('Its name.', { pattern: '^[A-Za-z][A-Za-z0-9-]{0,40}$', wanted: 'a name of letters, digits and dashes' }),
    identity: list('What of the request the decision depends on; the key of the verdict cache.', text('An expression: `$request.header.NAME`, `$request.query.NAME`, `$context.NAME` or `$stage.NAME`.', {
      pattern: '^\\$(request\\.(header|query)|context|stage)\\.[^\\s]+$', wanted: '`$request.header.NAME`, `$request.query.NAME`, `$context.NAME` or `$stage.NAME`',
    })),
    cacheTtl,
  }),
  introspection: object('Token introspection (RFC 7662).', {
    introspection: text('URL of the introspection endpoint.', { pattern: '^https?://', wanted: 'a URL' }),
    credentials: text('Name of the secret that has the client’s credentials.'),
    cacheTtl: duration('How long an answer is remembered.', { default: '30s' }),
  }, { required: ['credentials'] }),
  plans: object('API keys with usage plans.', { plans: map('The plans.', plan) }),
  iam: object('Signed requests, for calls between services.', { iam: boolean('`true`.') }),
  truststore: object('Client certificates.', { truststore: text('Where the trusted authorities are kept: the key of an object in a bucket.') }),
});
