import { boolean, choice, duration, keyed, list, map, number, object, size, template, text, type ObjectShape, type Shape } from '../../language/shape.js';
import { integrationShape } from '../../integrations/shape.js';

export const throttle = object('A token bucket in front of the operation.', {
  rate: number('Requests per second that are let through in the long run.', { above: 0, examples: [50] }),
  burst: number('Requests that are let through at once.', { integer: true, minimum: 1, examples: [100] }),
  per: choice('Whose requests fill one bucket: all of the route, those of one client, or those with one API key.', ['route', 'client', 'key'], { default: 'route' }),
  retryAfter: duration('What a refused caller is told to wait.', { default: '1s' }),
}, { required: ['rate', 'burst'] });

export const cache = object('Answers of GET and HEAD that may be given again. Path variables are always part of the key.', {
  ttl: duration('How long an answer may be given again; at most an hour.', { examples: ['60s'] }),
  key: list('What of the request the answer depends on.', text('A part of the key.', {
    pattern: '^(query\\.[^\\s]+|header\\.[^\\s]+|principal|claim\\.[^\\s]+)$', wanted: '`query.NAME`, `header.NAME`, `principal` or `claim.NAME`',
  }), { default: [], examples: [['query.category', 'header.accept-language', 'principal']] }),
  control: choice('What caches beyond the gateway are told (`Cache-Control`).', ['public', 'private']),
  shared: boolean('States that a secured answer is the same for every caller.', { default: false }),
}, { required: ['ttl'] });

export const limits = object('Bounds on what is accepted.', {
  body: size('Largest request body.', { default: '256KB' }),
  types: list('Media types accepted, where fewer than those the operation declares.', text('A media type.'), { examples: [['application/json']] }),
});

const header = "[A-Za-z0-9!#$%&'+.^_`|~-]+";
/** A day as ISO 8601 writes it. */
const day = (description: string, example: string): Shape => text(description, { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', wanted: `a day as \`${example}\`` });

const edits = (what: string): Shape => object(`Edits of ${what} headers.`, {
  remove: list('Header names to take out; a trailing `*` means a prefix.', text('A header name, or a prefix with `*`.', {
    pattern: `^${header}\\*?$`, wanted: 'a header name, perhaps with a `*` at its end',
  })),
  set: map('Headers to set: a text, or one expression.', text('A text or an expression.', { pattern: '^[^\\x00-\\x08\\x0a-\\x1f\\x7f]*$', wanted: 'one line of text' }), { keys: { pattern: `^${header}$`, wanted: 'a header name' } }),
});
export const headers = object('Headers taken out or set on the way in and on the way out.', { request: edits('request'), response: edits('response') });

export const errorMap = map('Name of a domain error → the status it becomes.', number('An HTTP status.', { integer: true, minimum: 400, maximum: 599 }), { examples: [{ OrderNotFound: 404 }] });

export const keepWarm = keyed('Instances kept ready: a number of them, or a snapshot of a started one.', {
  provisioned: object('Instances kept running.', { provisioned: number('How many.', { integer: true, minimum: 1 }) }),
  snapStart: object('Start from a snapshot.', { snapStart: boolean('Whether to.') }),
});

export const rollout = object('How a new version of a function takes over.', {
  strategy: choice('All at once, a first share and then the rest, or in equal steps.', ['all-at-once', 'canary', 'linear'], { default: 'all-at-once' }),
  percent: number('The first share, or each step.', { integer: true, minimum: 1, maximum: 99, default: 10 }),
  interval: duration('Time between the steps.', { default: '5m' }),
  alarms: list('What stops the rollout and takes it back.', text('An alarm.', {
    pattern: '^(errors|p[0-9]{1,2}(\\.[0-9])? > [0-9.]+(ms|s))$', wanted: '`errors`, or a percentile as `p95 > 800ms`',
  }), { default: ['errors'] }),
});

const functionFields: Readonly<Record<string, Shape>> = {
  memory: number('Memory in MB.', { integer: true, minimum: 128, maximum: 10240, default: 256 }),
  timeout: duration('How long the function may run; the operation’s own `timeout` unless said.'),
  runtime: text('The runtime.', { pattern: '^[a-z0-9.]+$', wanted: 'the name of a runtime, as `nodejs22.x`', default: 'nodejs22.x' }),
  architecture: choice('The processor.', ['arm64', 'x86_64'], { default: 'arm64' }),
  logRetention: duration('How long logs are kept.', { default: '30d' }),
  reservedConcurrency: number('Instances set aside for this function, and its upper bound.', { integer: true, minimum: 0 }),
  keepWarm,
  rollout,
};

/** Settings of every function, at the root. */
export const functions = object('What holds for every function, and how operations are divided among them.', {
  split: choice('One function for each operation, for each resource (first literal path segment), for reads and for writes, or for the whole API.', ['operation', 'resource', 'command-query', 'api'], { default: 'operation' }),
  ...functionFields,
});

const functionOfOperation = object('The function behind this operation.', {
  group: text('Name of the function it shares with the other operations of the group.', { pattern: '^[A-Za-z][A-Za-z0-9-]{0,40}$', wanted: 'a name of letters, digits and dashes' }),
  isolate: boolean('A function of its own, whatever the split.', { default: false }),
  ...functionFields,
});

const asyncShape = object('Answer now, work later.', {
  through: text('The queue, topic, bus or workflow that carries the work.'),
  by: choice('Who checks a request and hands it over: the gateway, which looks at what its models know, or a function that the compiler writes, which looks at all. An HTTP API needs the function where there is a body.', ['gateway', 'function'], { default: 'gateway' }),
  acknowledge: number('Status of the answer; among the operation’s responses.', { integer: true, minimum: 200, maximum: 299, default: 202 }),
  tracking: template('What the caller can ask about the work with.', { default: '$context.requestId' }),
  status: text('The operation that reports on the work: `Location` and `Retry-After` point there.'),
  idempotencyKey: template('What makes a repeated request the same one.', { examples: ['$request.header.Idempotency-Key'] }),
  retry: object('How often the work is tried. A queue that is created here counts; for a topic or a bus the function is called three times at the most, at times of its own.', {
    attempts: number('Attempts in all.', { integer: true, minimum: 1, maximum: 1000, default: 5 }),
    backoff: duration('Time between them.', { default: '30s' }),
  }),
});

const callbacks = object('How the `callbacks` that the document describes are sent: signed, and tried again.', {
  secret: text('The secret that signs them: an ARN, or the name of a parameter that has it.', { examples: ['callback-secret'] }),
  attempts: number('Attempts in all. Only what a further one may mend is tried again: an outage, 408, 429, 5xx.', { integer: true, minimum: 1, maximum: 10, default: 4 }),
  backoff: duration('Time before the second attempt at the most, doubled for each further one; how much of it is left to chance.', { default: '500ms' }),
  timeout: duration('How long one attempt may take.', { default: '3s' }),
  allow: list('What else may be called: plain `http`, and `private` addresses. Redirects are never followed.', choice('A kind of address.', ['http', 'private']), { default: [] }),
}, { required: ['secret'] });

const grant = map('Resource → what may be done with it.', choice('What may be done.', ['read', 'write', 'publish', 'start', 'consume']));

/** Grants, wherever code has them. */
export const uses = list('What the code behind the operation may do with which resource.', grant, { examples: [[{ orders: 'read' }, { events: 'publish' }]] });

/** Settings of a worker that no operation has. */
export const worker = object('The function that the worker is.', functionFields);

/** Everything that may stand at an operation, a path item, in a profile or in the root's `defaults`. */
export const policyFields: Readonly<Record<string, Shape>> = {
  profile: text('Name of a profile, expanded underneath the keys beside it.'),
  integration: integrationShape,
  uses,
  timeout: duration('How long the gateway waits for the answer.', { default: '10s' }),
  limits,
  throttle,
  cache,
  version: object('The version of the API this operation belongs to.', {
    header: text('The header that says which version is meant.', { examples: ['Api-Version'] }),
    date: day('Day of the version.', '2026-01-15'),
    default: day('Day of the version that callers get who name none; this operation’s own unless said.', '2025-06-01'),
    deprecated: day('Day since when it is deprecated; answers say so in `Deprecation`.', '2026-06-01'),
    sunset: day('Day after which it is gone; answers say so in `Sunset`.', '2027-01-15'),
    replacedBy: text('The operation of the next version. Requests are upgraded to it and its answers downgraded, by a file of yours; there is no handler.', { examples: ['placeOrder'] }),
  }),
  function: functionOfOperation,
  async: asyncShape,
  callbacks,
  headers,
  request: template('What is sent to the backend: any JSON value with expressions in it.', { examples: [{ id: '$context.requestId', name: '$request.body#/name' }] }),
  responses: map('What is answered, by status.', object('One answer.', {
    body: template('The body: any JSON value with expressions in it.'),
    headers: map('Headers of the answer.', template('A text with expressions in it.')),
  }), { keys: { pattern: '^([1-5][0-9]{2}|[1-5]XX|default)$', wanted: 'a status, a class of them (`4XX`) or `default`' } }),
  errors: object('Errors of this operation.', { map: errorMap }),
};

export const operation: ObjectShape = object('How the edge behaves for this operation. Whatever is not said is inherited; `null` removes what was.', policyFields);
export const pathItem: ObjectShape = object('Operation policy for every method of the path.', policyFields);
export const profile: ObjectShape = object('A named bundle of operation policy: a cost class.', Object.fromEntries(Object.entries(policyFields).filter(([key]) => key !== 'profile')));
export const defaults: ObjectShape = object('Operation policy for the whole API.', policyFields);

/** A value that may also be written as one text. */
