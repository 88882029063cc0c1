import { pointerTokens } from '../../src/base/origin.js';
import type { Json } from '../../src/base/json.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, Content, Operation, Schema } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { at as follow, random, vary } from '../../src/suite/values.js';
import { echoesOf } from './echoes.js';
import { merge } from './merge.js';
import { neighbours, operationAt } from './neighbours.js';
import { isDone, writtenIn } from './answers.js';
import { partsOf } from './patterns.js';
import { makersOf } from './things.js';
import { needsOf, refsOf } from './resources.js';

type Fits = (schema: Schema, value: Json) => boolean;

/** What nothing is called by: a text, an id, a number. */
const strangers: readonly Json[] = ['nothing-is-called-so', '00000000-0000-4000-8000-0000000000ff', 'ffffffffffffffffffffffff', 2_147_480_011, 999_983];

/** A text that matches what names are made by, one of many. */
const madeUp = (api: Api, schema: Schema): readonly Json[] => {
  const parts = partsOf(merge(api, schema).pattern?.value ?? '');
  return parts ? [vary({ kind: 'pattern', parts }, random(7919))] : [];
};

/** Places of a body that name something else, each with a name that nothing has. */
export const strangersOf = (api: Api, operation: Operation, fits: Fits): NonNullable<Plan['strangers']> => {
  const written = writtenIn(operation);
  const at = (schema: Schema | undefined, [name, ...rest]: readonly string[]): Schema | undefined =>
    schema === undefined || name === undefined ? schema : at(name === '*' ? merge(api, schema).items : merge(api, schema).properties.get(name), rest);
  return refsOf(api, operation).flatMap(([place]): NonNullable<Plan['strangers']> => {
    const schema = at(written, pointerTokens(place.slice('body#'.length)));
    const value = schema && !merge(api, schema).options ? [...strangers, ...madeUp(api, schema)].find((each) => fits(schema, each)) : undefined;
    return value === undefined ? [] : [[place, value]];
  });
};

/** The last variable of a path, with a name that nothing has, and how that is to be told. */
export const missingOf = (api: Api, operation: Operation, fits: Fits): Plan['missing'] => {
  const last = operation.path.segments.findLast((segment) => segment.kind === 'variable');
  if (last?.kind !== 'variable' || last.greedy || operation.integration.flow.kind !== 'wait') return undefined;
  // Work that was accepted may not have begun to be known.
  const maker = api.operations.get(needsOf(api, operation).needs[last.name]?.call ?? '');
  if (maker && maker.integration.flow.kind !== 'wait') return undefined;
  const statuses = operation.responses.map(({ status }) => status);
  const told = statuses.includes(404);
  // A deletion of what is not there may be fine, and so may a PUT that makes it; unless the document says how that is told.
  if (!told && operation.method !== 'GET' && operation.method !== 'PATCH') return undefined;
  if (!told && operation.path.segments.at(-1) !== last) return undefined;
  if (operation.method === 'PUT' && statuses.includes(201)) return undefined;
  const schema = operation.parameters.find(({ in: place, name }) => place === 'path' && name === last.name)?.schema;
  const value = schema && !merge(api, schema).options ? [...strangers, ...madeUp(api, schema)].find((each) => fits(schema, each)) : undefined;
  return value === undefined ? undefined : { variable: last.name, value, ...(told ? { statuses: [404, ...[403, 410].filter((status) => statuses.includes(status))] } : {}) };
};

/** Whether a body must have what stands at a pointer, as far as it has what is around it. */
const mustHave = (api: Api, schema: Schema | undefined, [name = '', ...rest]: readonly string[]): boolean => {
  const merged = schema && merge(api, schema);
  return rest.length > 0 ? mustHave(api, merged?.properties.get(name), rest) : merged?.required.has(name) === true;
};

/** Bodies that name one thing each: of a PATCH, and of a PUT that may leave out what a thing of its kind cannot be made without, and so replaces none. */
export const partialOf = (api: Api, operation: Operation, content: Content | undefined, full: Json | undefined, fits: Fits): Plan['partial'] => {
  const read = operationAt(api, operation.path.text, 'GET');
  const { schema } = content ?? {};
  if (!['PATCH', 'PUT'].includes(operation.method) || !isDone(operation) || !read || !schema || full === undefined) return undefined;
  const echoes = echoesOf(api, operation, read);
  const needed = (pointer: readonly string[]): boolean => !mustHave(api, schema, pointer) && makersOf(api, operation).some((maker) => mustHave(api, writtenIn(maker), pointer));
  if (operation.method === 'PUT' && !echoes.some(([from]) => needed(pointerTokens(from)))) return undefined;
  const bodies = echoes.flatMap(([from]) => {
    const value = follow(full, from);
    const body = value === undefined ? undefined : pointerTokens(from).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
    const other = value === true ? pointerTokens(from).reduceRight<Json>((inner, name) => ({ [name]: inner }), false) : undefined;
    return [body, other].filter((each): each is Json => each !== undefined && fits(schema, each));
  });
  return echoes.length > 1 && bodies.length > 0 ? { read: read.id, echoes, bodies: bodies.slice(0, 10) } : undefined;
};

/** What a PUT that says so replaces (RFC 9110, section 9.3.4): texts by chance that a request may leave out, and that are not read any more then. */
export const replacedOf = (api: Api, operation: Operation, { least, varies = [] }: Pick<Plan, 'least' | 'varies'>): Plan['replaced'] => {
  const { id, method, summary = '', path } = operation;
  const read = operationAt(api, path.text, 'GET');
  if (method !== 'PUT' || !isDone(operation) || !read || least === undefined || !(/^replace(?![a-z])/.test(id) || /\breplac(?:e|es|ing)\b/i.test(summary))) return undefined;
  const chosen = new Set(varies.filter(([, { kind }]) => kind === 'text' || kind === 'email' || kind === 'pattern').map(([place]) => place));
  const echoes = echoesOf(api, operation, read).filter(([from]) => chosen.has(`body#${from}`) && follow(least, from) === undefined);
  return echoes.length > 0 ? { read: read.id, body: least, echoes } : undefined;
};

/** The header by which a repeated POST is known for one, and where its answer has what it made. */
export const repeatOf = (api: Api, operation: Operation, { label }: EmitContext): Plan['repeat'] => {
  const key = operation.parameters.find(({ in: place, name }) => place === 'header' && /^(?:x-)?idempotency-key$/i.test(name));
  if (operation.method !== 'POST' || !key || operation.integration.flow.kind !== 'wait') return undefined;
  const [need] = (neighbours(api).below.get(operation.path.text) ?? []).flatMap((other) => Object.values(needsOf(api, other).needs).filter(({ call }) => call === operation.id));
  return { header: key.name, ...(need ? { from: need.from } : {}), at: label(key.origin) };
};
