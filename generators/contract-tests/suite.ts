import type { JsonObject } from '../../src/base/json.js';
import { written } from '../../src/base/origin.js';
import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { families } from '../../src/ir/families.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { ApiPlan, Call, Plan, Story } from '../../src/suite/plan.js';
import { entersOf, soleOf } from './accounts.js';
import { Checked } from './checked.js';
import { apiFile, edgeFile, fixturesFile, operationFile, settingsFiles, storyFile, supportFiles } from './files.js';
import { neighbours } from './neighbours.js';
import { operationPlan, type Surroundings } from './operation.js';
import { present } from './present.js';
import { refsOf, unfollowed } from './resources.js';
import { storyOf } from './stories.js';
import { makersOf } from './things.js';

/** The envelope as the suite reads it: the document's own schema, with what is always filled in. */
const envelopeSchema = (api: Api, answers: Checked): JsonObject => {
  const types: Readonly<Record<string, string>> = { status: 'integer', title: 'string', 'status-text': 'string', type: 'string', code: 'string', detail: 'string', instance: 'string', 'request-id': 'string', errors: 'array' };
  const always = new Set(['status', 'title', 'status-text', 'type', 'code']);
  const { fields, schema } = api.errors;
  const filled: JsonObject = {
    type: 'object',
    required: fields.filter(({ value }) => always.has(value.kind)).map(({ name }) => name),
    properties: Object.fromEntries(fields.map(({ name, value }) => [name, value.kind === 'literal' ? { const: value.value } : schema === undefined ? { type: types[value.kind] ?? 'string' } : {}] as readonly [string, JsonObject])),
  };
  const own = schema === undefined ? undefined : api.schemas.get(schema);
  return own ? { allOf: [answers.schema({ origin: own.schema.origin, ref: own.name }), filled] } : filled;
};

/** Claims that some expression or key of an operation depends on. */
const claimsOf = ({ integration, policy }: Operation): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { kind, path } = value as { readonly kind?: unknown; readonly path?: readonly string[] };
    if (kind === 'auth' && path?.[0] === 'claims' && path[1] !== undefined) found.add(path[1]);
    if (kind === 'claim' && path?.[0] !== undefined) found.add(path[0]);
    for (const inner of value instanceof Map ? value.values() : Object.values(value)) visit(inner);
  };
  visit(integration);
  visit(policy);
  return found;
};

const apiPlan = (api: Api, answers: Checked, untried: NonNullable<ApiPlan['untried']>, { label, keep }: EmitContext): Omit<ApiPlan, 'calls'> => {
  const roots: Schema[] = [...api.operations.values()].flatMap(({ responses }) => responses.flatMap(({ headers, contents }) => [...headers.map(({ schema }) => schema), ...contents.flatMap(({ kind, schema }) => (schema && kind === 'json' ? [schema] : []))]));
  const envelope = api.errors.schema === undefined ? undefined : api.schemas.get(api.errors.schema);
  const { cors } = api;
  return {
    title: api.title, at: label(api.origin),
    envelope: { mediaType: api.errors.mediaType, schema: envelopeSchema(api, answers), at: label(written(envelope?.schema.origin ?? api.origin, api.origin)) },
    ownErrors: api.protocol.kind === 'rest',
    ...(cors ? { cors: { origins: cors.origins, methods: cors.methods, headers: cors.headers, expose: cors.expose, credentials: cors.credentials, maxAge: cors.maxAgeSeconds, at: label(cors.origin) } } : {}),
    claims: [...new Set([...api.operations.values()].flatMap((operation) => [...keep(`claims ${operation.id}`, [operation], () => claimsOf(operation))]))].sort(),
    ...(untried.length > 0 ? { untried } : {}),
    routes: [...neighbours(api).at].map(([path, operations]) => [path, operations.map(({ method }) => method)] as const),
    schemas: answers.reached([...roots, ...(envelope ? [envelope.schema, { origin: api.origin, ref: envelope.name }] : [])]) as ApiPlan['schemas'],
  };
};

/** The part of a plan that others go by, too: what is written of an operation need not be kept until all are. */
const callIn = ({ operation, method, path, at, parameters, body, callers, given, other, kinds, least, varies, needs, cached, unknown, refs, repeats, match, pages }: Plan): Call =>
  present<Call>({ operation, method, path, at, given, parameters, body, callers, other, kinds, least, varies, cached, needs, unknown, refs, repeats, match, pages });

/** Operations of other families that tell something of this one. */
const elsewhere = (api: Api, operation: Operation): readonly Operation[] => [
  ...(operation.method === 'PUT' ? makersOf(api, operation) : []), entersOf(api, operation)?.login, soleOf(api, operation)?.finder,
].filter((each) => each !== undefined);

/** The calls that the tests of an operation make beside its own: what makes things, what reads and takes back. */
const besides = ({ needs, list, change, undo, refs, match, conditions, partial, settled, replaced, batch, enters, content, only }: Plan): readonly string[] => [
  change?.read, undo?.call, match, content?.read?.call, only?.read, ...(only?.leave ?? []), replaced?.read, batch?.made?.read, enters?.call, conditions?.read, partial?.read, settled?.read, ...(refs ?? []).map(([, { call }]) => call), ...Object.values(needs ?? {}).map(({ call }) => call), list?.maker,
].filter((id) => id !== undefined);

/** The calls that a life consists of. */
const callsOf = ({ create, read, update = [], remove, list }: Story): readonly string[] => [create, read, ...update, remove, list?.call].filter((id) => id !== undefined);

/** The files of the generator: one for each operation, then those that tell of several, and what all share. */
export const contractTestFiles = function* (api: Api, context: EmitContext): Generator<OutputFile> {
  if (context.suite.size === 0) return;
  const related = families(api);
  const stories = [...related].flatMap(([operation, family]) => context.keep(`story ${operation.id}`, [operation, ...family], () => storyOf(api, operation)) ?? []);
  const all: Surroundings = { api, requests: new Checked(api, 'request'), answers: new Checked(api, 'response'), stories, context };
  const calls = new Map<string, Call>();
  const shared = new Set<string>();
  const untried: NonNullable<ApiPlan['untried']>[number][] = [];
  for (const [operation, family] of related) {
    const plan = context.keep(`plan ${operation.id}`, [operation, ...family, ...elsewhere(api, operation), JSON.stringify(refsOf(api, operation))], () => operationPlan(all, operation));
    untried.push(...('lacking' in plan ? [{ operation: operation.id, promise: 'answers' as const, name: 'any request', why: `no request can be made up: ${plan.lacking}`, at: context.label(operation.origin) }] : []), ...unfollowed(api, operation, context));
    if ('lacking' in plan) continue;
    calls.set(operation.id, context.keep(`call ${operation.id}`, [plan], () => callIn(plan)));
    for (const id of besides(plan)) shared.add(id);
    yield context.keep(`plan file ${operation.id}`, [plan], () => operationFile(operation, plan, context));
  }
  const told = stories.filter(({ create, read, update = [], remove }) => [create, read, ...update, remove].every((id) => id === undefined || calls.has(id)));
  for (const id of told.flatMap(callsOf)) shared.add(id);
  for (const story of told) yield context.keep(`story file ${story.create}`, [story], () => storyFile(api, story, context));
  yield edgeFile(api, context);
  yield apiFile(api, apiPlan(api, all.answers, untried, context), new Map([...calls].filter(([id]) => shared.has(id))), context);
  yield fixturesFile(api, context, calls.values());
  yield* supportFiles(context.suite);
  yield* settingsFiles();
};
