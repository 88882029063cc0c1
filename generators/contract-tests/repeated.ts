import { pointerToken, pointerTokens } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import { equal } from '../../src/runtime/checks.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { Echo, RepeatedPlan } from '../../src/suite/plan.js';
import { answerProperties, isScalar, jsonOf, success, writtenIn } from './answers.js';
import { echoesOf } from './echoes.js';
import { alternatives, merge } from './merge.js';
import { operationAt } from './neighbours.js';
import { singularsOf } from './resources.js';
import { going, passing, thingIn } from './things.js';

/** What an answer says again of its request: what the path names, what may be one of a few, and what stands for what was left out. */
export const repeatedOf = (api: Api, operation: Operation): RepeatedPlan | undefined => {
  const [names, same, defaults, written] = [namesIn(api, operation), sameIn(api, operation), defaultsIn(api, operation), writtenBack(api, operation)];
  return names.length + same.length + defaults.length + written.length === 0 ? undefined : { ...(written.length > 0 ? { written } : {}), ...(names.length > 0 ? { names } : {}), ...(same.length > 0 ? { same } : {}), ...(defaults.length > 0 ? { defaults } : {}) };
};

/** The properties of an answer, each with where it stands: those of the one thing that it has, where that stands within. */
const answered = (api: Api, operation: Operation): ReadonlyMap<string, readonly [pointer: string, schema: Schema]> => {
  const schema = jsonOf(success(operation)?.contents);
  const all = schema ? [...answerProperties(api, schema)] : [];
  const [[outer, inner] = [], ...others] = all;
  const within = outer !== undefined && inner && others.length === 0 ? answerProperties(api, inner) : new Map<string, Schema>();
  return within.size > 0 ? new Map([...within].map(([name, value]) => [name, [`/${pointerToken(outer ?? '')}/${pointerToken(name)}`, value]])) : new Map(all.map(([name, value]) => [name, [`/${pointerToken(name)}`, value]]));
};

/** Variables of the path that the answer has, too. */
const namesIn = (api: Api, operation: Operation): NonNullable<RepeatedPlan['names']> => {
  const { method, path: { segments } } = operation;
  const written = writtenIn(operation);
  const back = answered(api, operation);
  return segments.flatMap((segment, index): NonNullable<RepeatedPlan['names']> => {
    if (segment.kind !== 'variable' || segment.greedy) return [];
    const found = [...back].find(([name, [, schema]]) => plain(name) === plain(segment.name) && isScalar(api, schema));
    // What may be given another name is called by that then.
    if (!found || (written && merge(api, written).properties.has(found[0]))) return [];
    const last = index === segments.length - 1;
    const folder = segments[index - 1];
    const full = folder?.kind === 'literal' && singularsOf(plain(folder.text)).some((one) => plain(segment.name).startsWith(one) && plain(segment.name) !== one);
    // A copy of a thing is called otherwise.
    const copies = method === 'POST' && thingOf(api, operation, index) === thingIn(api, operation)?.name;
    return (last ? method === 'GET' || full : full) && !copies ? [[segment.name, found[1][0]]] : [];
  });
};

/** What the variable of a path names. */
const thingOf = (api: Api, { path }: Operation, index: number): string | undefined => {
  const read = operationAt(api, path.text.split('/').slice(0, index + 2).join('/'), 'GET');
  return read && thingIn(api, read)?.name;
};

/** What is chosen in a body and answered by the same name, where nothing is made that goes on by itself. */
const sameIn = (api: Api, operation: Operation): NonNullable<RepeatedPlan['same']> => {
  const written = writtenIn(operation);
  if (!['POST', 'PUT', 'PATCH'].includes(operation.method) || !written) return [];
  const back = answered(api, operation);
  const known = (name: string, property: Schema): readonly (readonly [string, string])[] => {
    const found = back.get(name);
    const [own, theirs] = [merge(api, property).options?.value, found && merge(api, found[1]).options?.value];
    return found && theirs && own && !going.test(name) && own.every((value) => theirs.some((each) => equal(each, value))) ? [[`/${pointerToken(name)}`, found[0]]] : [];
  };
  const all = alternatives.flatMap((choice) => [...merge(api, written, choice).properties].flatMap(([name, property]) => known(name, property)));
  return [...new Map(all).entries()];
};

/** Whether what stands at a place may be a number, a truth value or nothing. */
const isSure = (api: Api, schema: Schema, [name, ...rest]: readonly string[]): boolean => alternatives.some((choice) => {
  const property = name === undefined ? undefined : merge(api, schema, choice).properties.get(name);
  return property !== undefined && (rest.length > 0 ? isSure(api, property, rest) : (merge(api, property).types?.value.some((type) => ['boolean', 'integer', 'number', 'null'].includes(type)) ?? false));
});

/** What is written, of a thing that is made or changed, and answered by the same name. */
const writtenBack = (api: Api, operation: Operation): readonly Echo[] => {
  const written = writtenIn(operation);
  if (!written || !(['PUT', 'PATCH'].includes(operation.method) || (operation.method === 'POST' && success(operation)?.status === 201))) return [];
  return echoesOf(api, operation, operation).filter(([from]) => !going.test(from) && !passing.test(from) && isSure(api, written, pointerTokens(from)));
};

/** What the document says of what is left out. */
const defaultsIn = (api: Api, operation: Operation): NonNullable<RepeatedPlan['defaults']> => {
  const written = writtenIn(operation);
  if ((operation.method !== 'POST' && operation.method !== 'PUT') || !written) return [];
  const properties = merge(api, written).properties;
  return echoesOf(api, operation, operation).flatMap(([from, to]): NonNullable<RepeatedPlan['defaults']> => {
    const property = properties.get(from.slice(1));
    const target = property?.ref === undefined ? property : api.schemas.get(property.ref)?.schema;
    const [value] = property?.default ?? target?.default ?? [];
    return value === undefined ? [] : [[from, to, value]];
  });
};
