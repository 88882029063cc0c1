import type { Json } from '../../src/base/json.js';
import type { Origin } from '../../src/base/origin.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, Content, Operation, Parameter, Schema } from '../../src/ir/index.js';
import type { AnswerPlan, BodyPlan, CachePart, Call, Given, Plan, Row, Story, Values } from '../../src/suite/plan.js';
import { datedRoute } from '../../src/ir/versions.js';
import { fieldContracts } from '../validators/contract.js';
import { acceptOf, sendsOf, uploadOf } from './accept.js';
import { entersOf, secretOf, soleOf, uniqueOf } from './accounts.js';
import { onceOf, undoOf } from './actions.js';
import { batchOf } from './batch.js';
import { bodyCases, type BodyCases } from './body.js';
import { callersOf } from './callers.js';
import type { Checked } from './checked.js';
import { isMadeUp, isUnruly, parameterPlan, parameterRows, parameterValue } from './parameters.js';
import { conditionsOf, matchOf } from './conditions.js';
import { contentOf } from './contents.js';
import { missingOf, partialOf, repeatOf, replacedOf, strangersOf } from './life.js';
import { patienceOf, quotaOf, throttleOf } from './limits.js';
import { listOf } from './lists.js';
import { pagesOf } from './pages.js';
import { merge } from './merge.js';
import { repeatedOf } from './repeated.js';
import { needsOf, ownNames, refsOf, repeatsOf } from './resources.js';
import { onlyOf } from './states.js';
import { changeOf } from './stories.js';
import { present, some } from './present.js';
import { mirrorsOf, settledOf } from './things.js';
import { another, formats } from './sample.js';
import type { Candidate } from './rows.js';

/** The schemas of an API in both directions, its stories, and how places are written down. */
export interface Surroundings { readonly api: Api; readonly requests: Checked; readonly answers: Checked; readonly stories: readonly Story[]; readonly context: EmitContext }

/** What all is known of an operation's requests before they are written down. */
interface Requests { readonly content?: Content; readonly cases?: BodyCases; readonly values: readonly (readonly [Parameter, Json])[] }

/** The parameter that says which version is meant, where a route answers several: this one is had by its day alone. */
const versionOf = (api: Api, operation: Operation): { readonly parameter: Parameter; readonly date: string } | undefined => {
  const route = datedRoute(api.operations, operation);
  const parameter = operation.parameters.find(({ in: place, name }) => place === 'header' && name.toLowerCase() === route?.header);
  return route && parameter && { parameter: { ...parameter, required: true }, date: route.date };
};

/** Why no request can be made up for an operation. */
export interface Untold { readonly lacking: string }

const requestsOf = ({ api, requests }: Surroundings, operation: Operation): Requests | Untold => {
  const { body, policy } = operation;
  const version = versionOf(api, operation);
  const parameters = operation.parameters.filter(({ in: place, name }) => !(version && place === 'header' && name === version.parameter.name));
  const content = (body?.contents ?? []).find(({ mediaType }) => policy.limits.types === undefined || policy.limits.types.includes(mediaType));
  const cases = content && bodyCases(api, requests, content, policy.limits.bodyBytes, ownNames(api, operation));
  const values = parameters.filter(isMadeUp).flatMap((parameter) => {
    const value = parameterValue(parameter, api, requests);
    return value === undefined ? [] : [[parameter, value] as const];
  });
  const found = new Set(values.map(([parameter]) => parameter));
  const lacking = parameters.find((parameter) => parameter.required && isMadeUp(parameter) && !found.has(parameter));
  if (lacking) return { lacking: `nothing was found that the ${lacking.in} parameter \`${lacking.name}\` takes` };
  if (body?.required && !cases) return { lacking: 'no body was found that its schema takes' };
  return { ...(content ? { content } : {}), ...(cases ? { cases } : {}), values: version ? [...values, [version.parameter, version.date]] : values };
};

const given = (values: readonly (readonly [Parameter, Json])[], body: Json | undefined): Given => {
  const of = (place: Parameter['in']): Given => {
    const entries = values.filter(([parameter]) => parameter.in === place).map(([{ name }, value]) => [name, value] as const);
    return entries.length === 0 ? {} : { [place]: Object.fromEntries(entries) as Values };
  };
  return { ...of('path'), ...of('query'), ...of('header'), ...of('cookie'), ...(body === undefined ? {} : { body }) };
};

const bodyPlan = ({ api, context }: Surroundings, { body, policy, integration: { backend } }: Operation, content: Content | undefined): BodyPlan | undefined => {
  if (!body || !content) return undefined;
  const files = content.kind === 'multipart' ? fieldContracts(api, content).fields.filter(({ as }) => as === 'file').map(({ name }) => name) : [];
  const anyType = backend.kind === 'service' && backend.call === 'put-object' && !backend.input.has('types');
  return { mediaType: content.mediaType, kind: content.kind, required: body.required, limit: policy.limits.bodyBytes, ...(anyType ? { anyType } : {}), ...(files.length > 0 ? { files } : {}), at: context.label(body.origin) };
};

/** An operation as a call. */
const callOf = (all: Surroundings, operation: Operation, requests: Requests): Call => {
  const { api, context } = all;
  const { needs, unknown } = needsOf(api, operation);
  const { cases, content, values } = requests;
  return present<Call>({
    operation: operation.id, method: operation.method, path: operation.path.text, at: context.label(operation.origin),
    parameters: some(operation.parameters) && operation.parameters.filter((parameter) => !isUnruly(parameter)).map((parameter) => parameterPlan(parameter, api)),
    body: bodyPlan(all, operation, content),
    callers: some(callersOf(api, operation, context)),
    given: given(values.filter(([{ required }]) => required), cases?.full),
    cached: operation.policy.cache?.ttlSeconds,
    other: cases?.other,
    kinds: cases?.kinds,
    least: cases?.least,
    varies: some(cases?.varies),
    needs: Object.keys(needs).length > 0 ? needs : undefined,
    refs: some(refsOf(api, operation)),
    repeats: some(repeatsOf(api, operation)),
    match: matchOf(api, operation),
    pages: pagesOf(api, operation, context.label),
    unknown: some(unknown),
  });
};

/** All that is tried out of an operation, or why no request can be made up for it. */
export const operationPlan = (all: Surroundings, operation: Operation): Plan | Untold => {
  const made = requestsOf(all, operation);
  if ('lacking' in made) return made;
  const { api, context, stories } = all;
  const { policy: { cache }, integration: { backend, flow } } = operation;
  const call = callOf(all, operation, made);
  const checked = backend.kind === 'function' && backend.payload !== 'raw';
  const { inside, outside } = rowsOf(all, operation, made, checked);
  const { headers, cacheControl } = headersOf(operation, checked, context);
  return present<Plan>({
    ...call,
    title: operation.summary,
    good: goodOf(all, operation, made),
    edges: some(inside),
    faults: some(outside),
    answers: operation.responses.map((response) => answerPlan(all, response)),
    checked,
    readable: api.protocol.kind === 'http' || checked || backend.kind === 'service' || backend.kind === 'static',
    headers, cacheControl,
    throttle: throttleOf(api, operation, context),
    quota: quotaOf(api, operation, context),
    timeout: patienceOf(api, operation, context),
    cache: cache && { seconds: cache.ttlSeconds, parts: partsOf(all, operation, made), at: context.label(cache.origin) },
    accept: acceptOf(api, operation, context),
    sends: sendsOf(operation, context),
    upload: uploadOf(operation, context),
    change: changeOf(api, operation, stories),
    undo: undoOf(api, operation),
    // Code of the developer's, which does the work before it answers.
    ...(checked && flow.kind === 'wait' ? handledPlan(all, operation, made, call) : {}),
    fixed: backend.kind === 'static' ? present({ status: backend.status, body: backend.body }) : undefined,
  });
};

/** What is tried out of code that does the work before it answers. */
const handledPlan = ({ api, context, requests, stories }: Surroundings, operation: Operation, { content, cases }: Requests, call: Call): Partial<Plan> => {
  const fits = (schema: Schema, value: Json): boolean => requests.fits(schema, value);
  const enters = entersOf(api, operation);
  const repeat = repeatOf(api, operation, context);
  return present<Partial<Plan>>({
    list: listOf(api, operation, stories, context.label),
    once: onceOf(operation, context),
    only: onlyOf(api, operation),
    content: contentOf(api, operation, call),
    missing: missingOf(api, operation, fits),
    partial: partialOf(api, operation, content, cases?.full, fits),
    replaced: replacedOf(api, operation, call),
    strangers: some(strangersOf(api, operation, fits)),
    enters: enters && { call: enters.login.id, pairs: enters.pairs },
    sole: soleOf(api, operation)?.sole,
    repeat,
    settled: settledOf(api, operation),
    batch: batchOf(api, operation),
    repeated: repeatedOf(api, operation),
    mirrors: some(mirrorsOf(api, operation)),
    secret: secretOf(api, operation, fits),
    // A request that is sent again with the key that it had is no other one.
    unique: repeat ? undefined : uniqueOf(api, operation),
    conditions: conditionsOf(api, operation, context),
  });
};

const goodOf = ({ context }: Surroundings, operation: Operation, { cases, values }: Requests): Plan['good'] => {
  const required = values.filter(([{ required: must }]) => must);
  const at = context.label(operation.origin);
  const bodyAt = operation.body ? context.label(operation.body.origin) : at;
  const bodies = cases?.good ?? [];
  const plain: Plan['good'] = bodies.length === 0 ? [['no more than must be', given(required, undefined), at]] : bodies.map(([name, body]) => [name, given(required, body), bodyAt] as const);
  const optional = operation.body && !operation.body.required && bodies.length > 0 ? [['no body', given(required, undefined), bodyAt] as const] : [];
  const all = values.length > required.length ? [['every parameter', given(values, cases?.full), at] as const] : [];
  return [...plain, ...optional, ...all];
};

const rowsOf = ({ api, requests, context }: Surroundings, operation: Operation, { cases, values }: Requests, checked: boolean): { readonly inside: readonly Row[]; readonly outside: readonly Row[] } => {
  if (!checked) return { inside: [], outside: [] };
  const row = (place: string, { rule, value, origin }: Candidate): Row => [place, rule, value, context.label(origin satisfies Origin)];
  const version = versionOf(api, operation)?.parameter.name;
  // What names something else is fine for that alone, whatever its schema would take beside.
  const names = refsOf(api, operation).map(([place]) => place.replaceAll('/*', '/0'));
  const free = ({ pointer, value }: Candidate): boolean => value === undefined || value === null || !names.includes(`body#${pointer}`);
  const parameters = values.filter(([{ in: place, name }]) => !(place === 'header' && name === version)).map(([parameter, value]) => [`${parameter.in}.${parameter.name}`, parameterRows(parameter, api, requests, value)] as const);
  return {
    inside: [...parameters.flatMap(([place, rows]) => rows.inside.map((each) => row(place, each))), ...(cases?.inside ?? []).filter(free).map((each) => row(`body#${each.pointer}`, each))],
    outside: [...parameters.flatMap(([place, rows]) => rows.outside.map((each) => row(place, each))), ...(cases?.outside ?? []).map((each) => row(`body#${each.pointer}`, each))],
  };
};

const answerPlan = ({ answers, context }: Surroundings, { status, origin, headers, contents }: Operation['responses'][number]): AnswerPlan => ({
  status, at: context.label(origin),
  ...(headers.length > 0 ? { headers: headers.map(({ name, required, schema }) => ({ name: name.toLowerCase(), required, schema: answers.schema(schema) })) } : {}),
  ...(contents.length > 0 ? { contents: contents.map(({ mediaType, kind, schema }) => ({ mediaType, json: kind === 'json', ...(schema && kind === 'json' ? { schema: answers.schema(schema) } : {}) })) } : {}),
});

/** Headers of answers that a function gives: edits that are fixed text. */
const headersOf = ({ policy, integration }: Operation, checked: boolean, { label }: EmitContext): Pick<Plan, 'headers' | 'cacheControl'> => {
  const { remove, set } = policy.headers.response;
  const fixed = [...set].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  const removed = remove.filter((name) => !name.endsWith('*') && !['date', 'connection', 'transfer-encoding', 'content-length', 'server'].includes(name));
  const { control, ttlSeconds = 0 } = policy.cache ?? {};
  return !checked ? {} : {
    ...(fixed.length + removed.length > 0 ? { headers: { set: fixed, removed, at: label(integration.origin) } } : {}),
    ...(control === undefined ? {} : { cacheControl: `${control}, max-age=${ttlSeconds}` }),
  };
};

/** The parts of a cache's key, with another value for each. */
const partsOf = ({ api, requests }: Surroundings, { policy, parameters }: Operation, { values }: Requests): readonly CachePart[] => (policy.cache?.key ?? []).flatMap((part): readonly CachePart[] => {
  if (part.kind !== 'parameter') return [part];
  const parameter = parameters.find((each) => each.in === part.in && each.name.toLowerCase() === part.name.toLowerCase());
  const value = values.find(([each]) => each === parameter)?.[1];
  if (!parameter || value === undefined) return [];
  const others = [1, 2, 3].map((index) => (typeof value === 'boolean' ? !value : another(value, index))).concat(merge(api, parameter.schema).options?.value ?? [], Object.values(formats));
  const other = others.find((each) => each !== undefined && each !== value && requests.fits(parameter.schema, each));
  return other === undefined ? [] : [{ kind: 'parameter', in: part.in, name: parameter.name, other }];
});
