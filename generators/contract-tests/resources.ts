import { pointerToken } from '../../src/base/origin.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, Operation, Schema, Source } from '../../src/ir/index.js';
import { isRefused } from '../../src/ir/views.js';
import type { ApiPlan, Call, Echo, Plan, Story } from '../../src/suite/plan.js';
import { answerProperties, isScalar, jsonOf, plain, success } from './answers.js';
import { listIn } from './lists.js';
import { merge } from './merge.js';
import { neighbours } from './neighbours.js';

/** Where an answer has what a path variable is called by: a property of its name, or `id`, at the top or one level below. */
const idPointer = (api: Api, schema: Schema, variable: string): string | undefined => {
  const wanted = [plain(variable), ...(plain(variable).endsWith('id') ? ['id'] : [])];
  const top = answerProperties(api, schema);
  for (const name of wanted) {
    for (const [key, property] of top) if (plain(key) === name && isScalar(api, property)) return `/${pointerToken(key)}`;
    for (const [key, property] of top) for (const [inner, value] of answerProperties(api, property)) if (plain(inner) === name && isScalar(api, value)) return `/${pointerToken(key)}/${pointerToken(inner)}`;
  }
  return undefined;
};

/** The path up to a variable, without it: where things of its kind are made. */
const before = ({ path }: Operation, variable: string): string | undefined => {
  const index = path.segments.findIndex((segment) => segment.kind === 'variable' && segment.name === variable);
  const parts = path.text.split('/').slice(1);
  return index < 0 ? undefined : `/${parts.slice(0, index).join('/')}`;
};

/** What makes the things that path variables name, by the variable; a link that says so comes first. */
export const needsOf = (api: Api, operation: Operation): { readonly needs: NonNullable<Call['needs']>; readonly unknown: readonly string[] } => {
  const needs: Record<string, { readonly call: string; readonly from: string }> = {};
  const unknown: string[] = [];
  for (const { in: place, name } of operation.parameters) {
    if (place !== 'path') continue;
    const maker = linked(api, operation, name) ?? made(api, operation, name);
    if (maker) needs[name] = maker;
    else unknown.push(name);
  }
  return { needs, unknown };
};

const linked = (api: Api, operation: Operation, variable: string): { readonly call: string; readonly from: string } | undefined => {
  for (const [maker, link] of neighbours(api).links.get(operation.id) ?? []) {
    const source = link.parameters.find(({ name }) => name === variable)?.source;
    if (source?.kind === 'body' && obstacle(maker, operation, variable, source) === undefined) return { call: maker.id, from: `body#${source.pointer.map((token) => `/${pointerToken(token)}`).join('')}` };
  }
  return undefined;
};

/** Why a link does not lead from one answer to the next request. */
const obstacle = (maker: Operation, to: Operation, variable: string, source: Source): string | undefined =>
  maker.method !== 'POST' && maker.method !== 'PUT' ? `a ${maker.method} makes nothing`
  : !to.parameters.some(({ in: place, name }) => place === 'path' && name === variable) ? `\`${variable}\` is not in the path of ${to.id}`
  : source.kind !== 'body' || source.of !== 'response' ? `\`${variable}\` is not taken from the body of the answer`
  : undefined;

/** Links that no test goes by, each with the reason. */
export const unfollowed = (api: Api, operation: Operation, { label }: Pick<EmitContext, 'label'>): NonNullable<ApiPlan['untried']> => operation.links.flatMap(({ name, operation: id, parameters, origin }) => {
  const to = api.operations.get(id);
  const why = to && parameters.map(({ name: variable, source }) => obstacle(operation, to, variable, source)).find((each) => each !== undefined);
  if (to && why === undefined && parameters.length > 0) return [];
  return [{ operation: operation.id, promise: 'life' as const, name: `the link ${name}${to ? ` to ${to.id}` : ''}`, why: `no test goes by this link: ${why ?? 'it hands nothing on'}`, at: label(origin) }];
});

const made = (api: Api, operation: Operation, variable: string): { readonly call: string; readonly from: string } | undefined => {
  const folder = before(operation, variable);
  const maker = folder === undefined ? undefined : neighbours(api).at.get(folder)?.find(({ method, id }) => method === 'POST' && id !== operation.id);
  const answer = maker && success(maker);
  if (!maker || !answer) return undefined;
  const schema = jsonOf(answer.contents);
  const pointer = schema && idPointer(api, schema, variable);
  if (pointer !== undefined) return { call: maker.id, from: `body#${pointer}` };
  return answer.headers.some(({ name }) => name.toLowerCase() === 'location') && maker.integration.flow.kind === 'wait' ? { call: maker.id, from: 'header.location' } : undefined;
};

/** Pairs of pointers where an answer repeats what a request wrote. */
const echoesOf = (api: Api, writing: Operation, answering: Operation): readonly Echo[] => {
  const written = jsonOf(writing.body?.contents);
  const answered = jsonOf(success(answering)?.contents);
  if (!written || !answered) return [];
  const direct = common(api, written, answered, '', '', 0);
  if (direct.length > 0) return direct;
  const [wrapped] = [...answerProperties(api, answered)].map(([name, property]) => common(api, written, property, '', `/${pointerToken(name)}`, 0)).filter((each) => each.length > 0);
  return wrapped ?? [];
};

const common = (api: Api, request: Schema, answer: Schema, from: string, to: string, depth: number): readonly Echo[] => {
  const back = answerProperties(api, answer);
  return [...merge(api, request).properties].flatMap(([name, property]): readonly Echo[] => {
    const other = back.get(name);
    if (!other) return [];
    const [own, theirs] = [merge(api, property), merge(api, other)];
    const [a, b] = [`${from}/${pointerToken(name)}`, `${to}/${pointerToken(name)}`];
    if (own.format?.value === 'password' || isRefused(api, other, 'request')) return [];
    if (own.properties.size > 0) return depth < 2 ? common(api, property, other, a, b, depth + 1) : [];
    if (own.items && merge(api, own.items).properties.size > 0) return own.items.ref !== undefined && own.items.ref === theirs.items?.ref ? [[a, b]] : [];
    const same = own.types?.value.some((type) => theirs.types?.value.includes(type)) ?? false;
    return same ? [[a, b]] : [];
  });
};

/** Pointers to what of a body the gateway writes by itself; nothing where a function does, who writes it all. */
const writtenBy = ({ integration: { backend } }: Operation): ReadonlySet<string> | undefined => {
  const template = backend.kind === 'service' ? backend.input.get('set') ?? backend.input.get('item') : undefined;
  if (template?.kind !== 'object') return undefined;
  const sources = template.entries.flatMap(([, value]) => (value.kind === 'value' ? [value.expression.source] : []));
  return new Set(sources.flatMap((source) => (source.kind === 'body' ? [source.pointer.map((token) => `/${pointerToken(token)}`).join('')] : [])));
};

/** Whether what is written and what is read can be the same store: both functions, or both the service. */
const alike = (a: Operation, b: Operation): boolean =>
  a.integration.flow.kind === 'wait' && b.integration.flow.kind === 'wait' && a.integration.backend.kind === b.integration.backend.kind;

/** What is written to a place that is read by the same path, and that nothing makes: settings, the caller's own. */
export const changeOf = (api: Api, operation: Operation): Plan['change'] => {
  if (operation.method !== 'PUT' && operation.method !== 'PATCH') return undefined;
  const read = neighbours(api).at.get(operation.path.text)?.find(({ method }) => method === 'GET');
  if (!read || !alike(operation, read) || storiesOf(api).some(({ update = [] }) => update.includes(operation.id))) return undefined;
  const [written, echoes] = [echoesOf(api, operation, operation), echoesOf(api, operation, read)];
  return written.length + echoes.length === 0 ? undefined : { read: read.id, written, echoes };
};

/** What of an answer is a thing that has a name in the document: all of it, or its one property. */
const thingIn = (api: Api, operation: Operation): string | undefined => {
  const schema = jsonOf(success(operation)?.contents);
  if (!schema) return undefined;
  const [inner, ...others] = [...answerProperties(api, schema).values()];
  return schema.ref ?? (others.length === 0 ? inner?.ref : undefined);
};

/** Whether a thing says of itself that something is so: what is done to it and taken back can be seen of it. */
const tellsState = (api: Api, name: string): boolean => [...answerProperties(api, { origin: api.origin, ref: name }).values()].some((property) => merge(api, property).types?.value.includes('boolean'));

/** What takes a POST back: a DELETE of the same path, where both answer with the thing above it, as it is then, and its state can be seen. */
export const undoOf = (api: Api, operation: Operation): string | undefined => {
  const above = operation.path.text.slice(0, operation.path.text.lastIndexOf('/'));
  const read = neighbours(api).at.get(above)?.find(({ method }) => method === 'GET');
  const back = neighbours(api).at.get(operation.path.text)?.find(({ method }) => method === 'DELETE');
  const thing = thingIn(api, operation);
  return operation.method === 'POST' && read && back && thing !== undefined && thingIn(api, read) === thing && thingIn(api, back) === thing && tellsState(api, thing) ? back.id : undefined;
};

/** The last variable of a read's path, with a name that nothing has. */
export const missingOf = (api: Api, operation: Operation, fits: (schema: Schema, value: string) => boolean): Plan['missing'] => {
  const last = operation.path.segments.at(-1);
  if (operation.method !== 'GET' || last?.kind !== 'variable') return undefined;
  // Work that was accepted may not have begun to be known.
  const maker = api.operations.get(needsOf(api, operation).needs[last.name]?.call ?? '');
  if (maker && maker.integration.flow.kind !== 'wait') return undefined;
  const schema = operation.parameters.find(({ in: place, name }) => place === 'path' && name === last.name)?.schema;
  const value = ['nothing-is-called-so', '00000000-0000-4000-8000-0000000000ff'].find((each) => schema && merge(api, schema).types?.value.includes('string') && !merge(api, schema).options && fits(schema, each));
  return value === undefined ? undefined : { variable: last.name, value };
};

/** Where an answer says when a thing was made. */
const madeAt = (api: Api, read: Operation): readonly string[] => {
  const schema = jsonOf(success(read)?.contents);
  const times = (part: Schema, pointer: string): readonly string[] => [...answerProperties(api, part)].flatMap(([name, value]) => [
    ...(/^(?:created|creation)/i.test(name) && isScalar(api, value) ? [`${pointer}/${pointerToken(name)}`] : []), ...(pointer === '' ? times(value, `/${pointerToken(name)}`) : []),
  ]);
  return schema ? times(schema, '') : [];
};

/** The things of an API that are made at one path and live at another below it. */
export const storiesOf = (api: Api): readonly Story[] => {
  const found = told.get(api) ?? [...api.operations.values()].flatMap((create) => storyOf(api, create));
  told.set(api, found);
  return found;
};

/** Found once an API, since it is asked for each change. */
const told = new WeakMap<Api, readonly Story[]>();

const storyOf = (api: Api, create: Operation): readonly Story[] => {
  if (create.method !== 'POST' || create.integration.flow.kind !== 'wait') return [];
  const items = (neighbours(api).below.get(create.path.text) ?? []).filter((operation) => operation.path.segments.at(-1)?.kind === 'variable' && operation.parameters.some((parameter) => parameter.in === 'path') && alike(create, operation));
  const last = items[0]?.path.segments.at(-1);
  if (!last || last.kind !== 'variable') return [];
  const ours = items.filter((operation) => needsOf(api, operation).needs[last.name]?.call === create.id && operation.path.text === items[0]?.path.text);
  if (ours.length === 0) return [];
  const find = (...methods: readonly string[]): readonly Operation[] => ours.filter(({ method }) => methods.includes(method));
  const [read] = find('GET');
  const updates = find('PUT', 'PATCH');
  const [remove] = find('DELETE');
  const listing = neighbours(api).at.get(create.path.text)?.find(({ method }) => method === 'GET');
  const list = listing && listIn(api, listing);
  // What a thing is called is not the caller's to write, whether or not the document says so.
  const others = (echoes: readonly Echo[]): readonly Echo[] => echoes.filter(([from]) => ![plain(last.name), 'id'].includes(plain(from.split('/').at(-1) ?? '')));
  const echo = (writing: Operation): { readonly written: readonly Echo[]; readonly read: readonly Echo[] } => {
    const kept = writtenBy(writing);
    const of = (answering: Operation): readonly Echo[] => others(echoesOf(api, writing, answering)).filter(([from]) => !kept || kept.has(from));
    return { written: of(writing), read: read ? of(read) : [] };
  };
  const stays = read ? madeAt(api, read) : [];
  return [{
    name: create.path.text, create: create.id, variable: last.name,
    ...(read ? { read: read.id } : {}), ...(updates.length > 0 ? { update: updates.map(({ id }) => id) } : {}), ...(remove ? { remove: remove.id } : {}),
    ...(listing && list && idPointer(api, list.item, last.name) !== undefined ? { list: { call: listing.id, at: list.pointer } } : {}),
    ...(stays.length > 0 ? { stays } : {}),
    echoes: Object.fromEntries([create, ...updates].map((operation) => [operation.id, echo(operation)])),
  }];
};
