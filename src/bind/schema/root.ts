import { boolean, choice, duration, list, map, number, object, tagged, text, type ObjectShape, type Shape } from '../../language/shape.js';
import { defaults, errorMap, functions, headers, policyFields, profile, throttle, uses, worker } from './policy.js';

const existing = text('Not created here: an ARN, or the name of a parameter that has it.', { examples: ['arn:aws:sqs:eu-west-1:123456789012:orders'] });
const attribute = (description: string): Shape => text(description, { pattern: '^[A-Za-z0-9_.-]{1,255}$', wanted: 'the name of an attribute' });
const key = object('The table’s key.', { partition: attribute('The partition attribute.'), sort: attribute('The sort attribute.') }, { required: ['partition'] });

export const resource = tagged('Something that stands behind the gateway.', 'kind', {
  table: object('A key-value table.', {
    existing, key,
    indexes: map('Other ways to look items up.', object('An index.', { partition: attribute('Its partition attribute.'), sort: attribute('Its sort attribute.') }, { required: ['partition'] })),
  }, { required: ['key'] }),
  queue: object('A queue.', {
    existing,
    fifo: boolean('In order, each message once.', { default: false }),
    visibility: duration('How long a message is hidden from others while one works on it.', { default: '60s' }),
    deadLetter: object('Where messages go that fail for good.', { after: number('Attempts before that.', { integer: true, minimum: 1, maximum: 1000, default: 5 }) }),
  }),
  topic: object('A topic with subscribers.', { existing, fifo: boolean('In order, each message once.', { default: false }) }),
  bus: object('An event bus.', { existing }),
  stream: object('A stream of records.', { existing, shards: number('Shards; on demand unless said.', { integer: true, minimum: 1 }) }),
  workflow: object('A state machine.', {
    existing,
    definition: text('File of the definition in Amazon States Language, relative to the document.', { examples: ['workflows/checkout.asl.json'] }),
    type: choice('Durable, or short and fast.', ['standard', 'express'], { default: 'standard' }),
  }),
  bucket: object('A bucket of objects.', {
    existing,
    uploads: object('A worker is told of each object that is put into it, with its key, size and media type.', {
      through: text('The queue that the bucket tells; it tries again, and keeps what fails for good.'),
      prefix: text('What keys begin with that it is told of; all unless said.', { examples: ['receipts/'] }),
      suffix: text('What they end with.', { examples: ['.pdf'] }),
      uses,
      function: worker,
    }, { required: ['through'] }),
  }),
  http: object('A service over HTTP.', {
    url: text('Its base URL.', { pattern: '^https?://', wanted: 'an http or https URL' }),
    connectTimeout: duration('How long to wait for a connection.', { default: '2s' }),
    vpcLink: text('Private: the name of a parameter that has the id of the VPC link by which the service is reached.', { pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$', wanted: 'a name of letters, digits, dashes and underscores that begins with a letter', examples: ['internal'] }),
  }, { required: ['url'] }),
});

export const cors = object('Who may call from a browser on another origin.', {
  origins: list('Origins, or `*`.', text('An origin.', { pattern: '^(\\*|https?://[^\\s/]+)$', wanted: 'an origin as `https://shop.example.com`, or `*`' }), { nonEmpty: true }),
  methods: list('Methods; those of the document unless said.', choice('A method.', ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'])),
  headers: list('Request headers; those the document declares unless said.', text('A header name.')),
  expose: list('Response headers a script may read.', text('A header name.'), { default: [] }),
  credentials: boolean('Whether cookies and credentials are sent.', { default: false }),
  maxAge: duration('How long a browser remembers the answer.', { default: '10m' }),
}, { required: ['origins'] });

const stage = object('One place where the API is deployed.', {
  variables: map('Values that differ between stages: `$stage.NAME`.', text('A value.', {
    pattern: '^[A-Za-z0-9._~:/?#&=,-]{1,512}$', wanted: 'a text of letters, digits and `._~:/?#&=,-`',
  }), { keys: { pattern: '^[A-Za-z0-9_]{1,64}$', wanted: 'a name of letters, digits and underscores' } }),
  domain: text('The domain name.', { pattern: '^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)+$', wanted: 'a domain name' }),
  basePath: text('The path the API stands under on that domain.', { pattern: '^/[A-Za-z0-9._~/-]*$', wanted: 'a path as `/orders`' }),
  cacheSize: number('Size of the response cache in GB.', { above: 0, examples: [0.5] }),
  waf: boolean('A web application firewall in front.', { default: false }),
  throttle: object('What the whole stage lets through.', { rate: throttle.fields['rate'] as Shape, burst: throttle.fields['burst'] as Shape }, { required: ['rate', 'burst'] }),
});

const name = { pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$', wanted: 'a name of letters, digits, dashes and underscores that begins with a letter' };

const fields: Readonly<Record<string, Shape>> = {
  name: text('Prefix of every name in the cloud; the slug of the title unless said.', { pattern: '^[a-z][a-z0-9-]{0,39}$', wanted: 'lower-case letters, digits and dashes' }),
  protocol: choice('The kind of gateway; `auto` takes the cheapest that can do all that is asked, and says why.', ['auto', 'rest', 'http'], { default: 'auto' }),
  profiles: map('Named bundles of operation policy: the concurrency budget, by cost class.', profile, { keys: name }),
  defaults,
  functions,
  resources: map('What stands behind the gateway.', resource, { keys: name }),
  errors: object('The envelope of every error, the gateway’s own included.', {
    schema: text('Pointer to the schema of the envelope; the problem details of RFC 9457 unless said.', { pattern: '^#/components/schemas/', wanted: 'a pointer as `#/components/schemas/Problem`' }),
    map: errorMap,
  }),
  headers,
  cors,
  observability: object('What is recorded.', {
    accessLog: choice('One line a request.', ['json', 'none'], { default: 'json' }),
    tracing: boolean('Distributed traces.', { default: true }),
    metrics: boolean('Metrics for each route.', { default: true }),
  }),
  stages: map('Where the API is deployed.', stage, { keys: { pattern: '^[A-Za-z0-9_-]{1,128}$', wanted: 'a stage name of letters, digits, dashes and underscores' } }),
};

const besides = (some: object, others: object, place: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(some).filter((key) => !Object.hasOwn(others, key)).map((key) => [key, place]));
/** What is said once for the whole API, and not of an operation. */
export const once = besides(fields, policyFields, 'in `x-gateway` at the root of the document');

export const root: ObjectShape = object('How the edge of this API behaves.', { ...fields, defaults: { ...defaults, elsewhere: once } }, {
  elsewhere: besides(policyFields, fields, 'below `defaults`, or at an operation'),
});
