import { pointerToken } from '../../src/base/origin.js';
import { remember } from '../../src/base/remember.js';
import { plain } from '../../src/base/text.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, Operation, Schema, Source } from '../../src/ir/index.js';
import type { ApiPlan, Call, Need } from '../../src/suite/plan.js';
import { answerProperties, isScalar, jsonOf, success, writtenIn } from './answers.js';
import { merge } from './merge.js';
import { neighbours } from './neighbours.js';

/** Where an answer has what a path variable is called by: a property of its name, or `id`, at the top or one level below. */
export const idPointer = (api: Api, schema: Schema, variable: string): string | undefined => {
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
  const needs: Record<string, Need> = {};
  const unknown: string[] = [];
  for (const { in: place, name } of operation.parameters) {
    if (place !== 'path') continue;
    const maker = linked(api, operation, name) ?? made(api, operation, name);
    if (maker) needs[name] = maker;
    else unknown.push(name);
  }
  return { needs, unknown };
};

const linked = (api: Api, operation: Operation, variable: string): Need | undefined => {
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

const made = (api: Api, operation: Operation, variable: string): Need | undefined => {
  const folder = before(operation, variable);
  const maker = folder === undefined ? undefined : neighbours(api).at.get(folder)?.find(({ method, id }) => method === 'POST' && id !== operation.id);
  const answer = maker && success(maker);
  if (!maker || !answer) return undefined;
  const schema = jsonOf(answer.contents);
  const pointer = schema && idPointer(api, schema, variable);
  if (pointer !== undefined) return { call: maker.id, from: `body#${pointer}` };
  return answer.headers.some(({ name }) => name.toLowerCase() === 'location') && maker.integration.flow.kind === 'wait' ? { call: maker.id, from: 'header.location' } : undefined;
};

/** Pointers to what a thing is called by, of a request that makes it: where the answer has it, and a path takes it. */
export const ownNames = (api: Api, maker: Operation): ReadonlySet<string> => new Set(maker.method !== 'POST' ? [] : (neighbours(api).below.get(maker.path.text) ?? [])
  .flatMap((other) => Object.values(needsOf(api, other).needs)).flatMap(({ call, from }) => (call === maker.id && from.startsWith('body#') ? [from.slice('body#'.length)] : [])));

/** Places of a request's body that say again what the path calls the thing that is written, each with the variable: another name there may be refused. */
export const repeatsOf = (api: Api, operation: Operation): NonNullable<Call['repeats']> => {
  const last = operation.path.segments.at(-1);
  const need = last?.kind === 'variable' ? needsOf(api, operation).needs[last.name] : undefined;
  const schema = writtenIn(operation);
  if (last?.kind !== 'variable' || !need || !schema) return [];
  const wanted = need.from.startsWith('body#') ? need.from.slice('body#'.length) : undefined;
  return [...merge(api, schema).properties].flatMap(([name, property]): NonNullable<Call['repeats']> => (isScalar(api, property) && (`/${pointerToken(name)}` === wanted || plain(name) === plain(last.name)) ? [[`body#/${pointerToken(name)}`, last.name]] : []));
};

/** What names a thing elsewhere, by names without their case and their marks, with what makes it; several things of one name are none. */
const namesOf = remember((api: Api): ReadonlyMap<string, Need | undefined> => {
  const found = new Map<string, Need | undefined>();
  const add = (name: string, need: Need): void => {
    const other = found.get(name);
    found.set(name, found.has(name) && other?.call !== need.call ? undefined : need);
  };
  for (const operation of api.operations.values()) {
    const last = operation.path.segments.at(-1);
    const need = last?.kind === 'variable' ? needsOf(api, operation).needs[last.name] : undefined;
    if (last?.kind !== 'variable' || !need || api.operations.get(need.call)?.integration.flow.kind !== 'wait') continue;
    const folder = operation.path.segments.at(-2);
    const ones = folder?.kind === 'literal' ? singularsOf(plain(folder.text)) : [];
    if (plain(last.name) === 'id') for (const name of ones) add(`${name}id`, need);
    // A code, a name: of what, another body alone would not say.
    else if (/id$/.test(plain(last.name)) || ones.some((one) => plain(last.name).startsWith(one) && plain(last.name) !== one)) add(plain(last.name), need);
  }
  return found;
});

/** What one of several may be called: `shelves`, `boxes`, `stories`, `homes`. */
export const singularsOf = (several: string): readonly string[] => [...new Set(endings.map(([end, other]) => several.replace(end, other)))];
const endings: readonly (readonly [several: RegExp, one: string])[] = [[/ies$/, 'y'], [/ves$/, 'f'], [/ves$/, 'fe'], [/es$/, ''], [/s$/, ''], [/$/, '']];

/** Values of a request's body that name things which other calls make: what is made up there does not exist. */
export const refsOf = (api: Api, operation: Operation, above: readonly string[] = []): NonNullable<Call['refs']> => {
  const schema = writtenIn(operation);
  if (!schema || above.length > 3) return [];
  const own = new Set([operation.id, ...above, ...Object.values(needsOf(api, operation).needs).map(({ call }) => call)]);
  const needOf = (name: string, part: Schema): Need | undefined => {
    const need = isScalar(api, part) ? namesOf(api).get(plain(name)) : undefined;
    const maker = need && !own.has(need.call) ? api.operations.get(need.call) : undefined;
    // What leads back here could never be begun.
    return maker && !refsOf(api, maker, [...above, operation.id]).some(([, { call }]) => own.has(call)) ? need : undefined;
  };
  const visit = (part: Schema, place: string, depth: number): NonNullable<Call['refs']> => [...merge(api, part).properties].flatMap(([name, property]): NonNullable<Call['refs']> => {
    const [inner, here] = [merge(api, property), `${place}/${pointerToken(name)}`];
    const need = needOf(name, property) ?? (inner.items && needOf(name.replace(/s$/, ''), inner.items));
    if (need) return [[inner.items ? `${here}/*` : here, need]];
    return depth > 2 ? [] : inner.items ? visit(inner.items, `${here}/*`, depth + 1) : visit(property, here, depth + 1);
  });
  return visit(schema, 'body#', 0);
};
