import { pointerToken } from '../../src/base/origin.js';
import { remember } from '../../src/base/remember.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { Plan, SamePlan } from '../../src/suite/plan.js';
import { answerProperties, isDone, isPlain, isSparse, jsonOf, success } from './answers.js';
import { equal } from '../../src/runtime/checks.js';
import { merge } from './merge.js';
import { operationAt } from './neighbours.js';

/** A thing that has a name in the document, and where an answer has it: all of it, or its one property. */
export const thingIn = (api: Api, operation: Operation): { readonly name: string; readonly pointer: string } | undefined => {
  const schema = jsonOf(success(operation)?.contents);
  if (!schema) return undefined;
  if (schema.ref !== undefined) return { name: schema.ref, pointer: '' };
  const [inner, ...others] = [...answerProperties(api, schema)];
  return inner?.[1].ref !== undefined && others.length === 0 ? { name: inner[1].ref, pointer: `/${pointerToken(inner[0])}` } : undefined;
};

/** What makes things of the kind that an operation answers with. */
export const makersOf = (api: Api, operation: Operation): readonly Operation[] => {
  const thing = thingIn(api, operation)?.name;
  return thing === undefined ? [] : allMakersOf(api).filter((each) => thingIn(api, each)?.name === thing);
};

/** What makes anything. */
const allMakersOf = remember((api: Api): readonly Operation[] => [...api.operations.values()].filter((each) => each.method === 'POST' && success(each)?.status === 201));

/** Names of what may be another at the next look, or is told once. */
export const passing = /secret|token|password|key|url|uri|href|link|expire|remain|ttl|age$|elapsed|uptime|rank|position|version|revision|etag|view|visit|hit|read|seen|access|last|random|nonce/i;
/** Names of what goes on by itself once a thing is made. */
export const going = /status|state|progress|stage|step|phase/i;

/** What two answers say of one thing, where both show the same; `made`: the thing may still be on its way. */
export const sameOf = (api: Api, telling: Operation, reading: Operation, made: boolean): SamePlan | undefined => {
  const [one, other] = [thingIn(api, telling), thingIn(api, reading)];
  if (!one || one.name !== other?.name) return undefined;
  // What is shown to everybody may leave out, or not know, what is the caller's own; and what a caller has to ask for may be left out.
  const open = schemesOf(telling) !== schemesOf(reading) || isSparse(telling) || isSparse(reading);
  const pointers = steady(api, { origin: api.origin, ref: one.name }, '', made, open, 0);
  return pointers.length === 0 ? undefined : { pairs: pointers.map((pointer) => [`${one.pointer}${pointer}`, `${other.pointer}${pointer}`]), ...(open ? { open: true as const } : {}) };
};

const schemesOf = ({ security }: Operation): string => security.map(({ all }) => all.map(({ scheme }) => scheme).join('+')).join(' ');

const steady = (api: Api, schema: Schema, place: string, made: boolean, open: boolean, depth: number): readonly string[] => [...answerProperties(api, schema)].flatMap(([name, property]): readonly string[] => {
  const [merged, here] = [merge(api, property), `${place}/${pointerToken(name)}`];
  if (passing.test(name) || (made && going.test(name)) || ['date-time', 'time', 'duration'].includes(merged.format?.value ?? '')) return [];
  if (open && merged.types?.value.includes('boolean')) return [];
  if (isPlain(api, property)) return [here];
  if (merged.items) return isPlain(api, merged.items) ? [here] : [];
  return depth < 1 && merged.properties.size > 0 ? steady(api, property, here, made, open, depth + 1) : [];
});

/** Query parameters of a few values that the answer has, too, by the same name. */
export const mirrorsOf = (api: Api, operation: Operation): NonNullable<Plan['mirrors']> => {
  const schema = jsonOf(success(operation)?.contents);
  const answered = schema ? [...answerProperties(api, schema)] : [];
  return operation.parameters.flatMap(({ in: place, name, schema: { enum: own, ref } }): NonNullable<Plan['mirrors']> => {
    const values = own ?? (ref === undefined ? undefined : api.schemas.get(ref)?.schema.enum);
    const [found] = answered.find(([key, value]) => key === name && place === 'query' && values !== undefined && equal(merge(api, value).options?.value ?? null, values)) ?? [];
    return found === undefined ? [] : [[name, `/${pointerToken(found)}`]];
  });
};

/** What an operation answers of the thing that its path names, or that stands above it: it is read so afterwards. */
export const settledOf = (api: Api, operation: Operation): Plan['settled'] => {
  const { method, path: { text } } = operation;
  // What is made is another thing than the one that the path names.
  if (method === 'GET' || !isDone(operation) || success(operation)?.status === 201) return undefined;
  const read = operationAt(api, method === 'PUT' || method === 'PATCH' ? text : text.slice(0, text.lastIndexOf('/')), 'GET');
  const same = read && sameOf(api, operation, read, false);
  return read && same ? { read: read.id, same } : undefined;
};
