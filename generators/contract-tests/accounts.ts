import type { Json } from '../../src/base/json.js';
import { pointerToken } from '../../src/base/origin.js';
import { remember } from '../../src/base/remember.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { declares, isScalar, success, writtenIn } from './answers.js';
import { echoesOf } from './echoes.js';
import { merge } from './merge.js';
import { ownNames } from './resources.js';
import { thingIn } from './things.js';

type Places = readonly (readonly [place: string, schema: Schema])[];

/** Places of a body, by the names of what they have. */
const placesOf = (api: Api, operation: Operation, wanted: (name: string, schema: Schema) => boolean): Places => {
  const visit = (schema: Schema, place: string, depth: number): Places => [...merge(api, schema).properties].flatMap(([name, property]): Places => {
    const here = `${place}/${pointerToken(name)}`;
    return isScalar(api, property) && wanted(name, property) ? [[here, property]] : depth < 2 ? visit(property, here, depth + 1) : [];
  });
  const schema = writtenIn(operation);
  return schema ? visit(schema, 'body#', 0) : [];
};

/** Names of what nobody shares. */
const personal = new Set(['email', 'emailaddress', 'username', 'handle', 'slug', 'sku']);

/** Where somebody who is not known yet shows a password: everyone may ask, nothing is made, and 401 is among the answers. */
const passwordOf = (api: Api, operation: Operation): Places[number] | undefined =>
  operation.method !== 'POST' || operation.security.length > 0 || !declares(operation, 401) || success(operation)?.status === 201 ? undefined
  : placesOf(api, operation, (name, value) => plain(name) === 'password' || merge(api, value).format?.value === 'password')[0];

const nameOf = (place: string): string => plain(place.slice(place.lastIndexOf('/') + 1));

/**
 * What lets somebody in by what an operation writes: it answers with the same thing, and each value that it asks for is written by the same name.
 * Where it may be forbidden still, to whom an address was not confirmed perhaps, nothing says who is let in.
 */
export const entersOf = (api: Api, operation: Operation): { readonly login: Operation; readonly pairs: NonNullable<Plan['enters']>['pairs'] } | undefined => {
  const thing = loginsOf(api).length === 0 || !['POST', 'PUT', 'PATCH'].includes(operation.method) ? undefined : thingIn(api, operation)?.name;
  if (thing === undefined) return undefined;
  const written = placesOf(api, operation, () => true);
  for (const login of loginsOf(api)) {
    if (login === operation || declares(login, 403) || thingIn(api, login)?.name !== thing) continue;
    const pairs = placesOf(api, login, () => true).map(([place]) => [place, written.find(([from]) => nameOf(from) === nameOf(place))?.[0].slice('body#'.length)] as const);
    const known = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
    if (known.length === pairs.length) return { login, pairs: known };
  }
  return undefined;
};

/** A name that is written, and that a path finds one by, whoever has it: no two can. Where it is not told by 409, which `uniqueOf` looks for. */
export const soleOf = (api: Api, operation: Operation): { readonly finder: Operation; readonly sole: NonNullable<Plan['sole']> } | undefined => {
  if (operation.method !== 'POST' || success(operation)?.status !== 201 || declares(operation, 409) || ![400, 422].some((status) => declares(operation, status))) return undefined;
  for (const [place] of placesOf(api, operation, (name) => personal.has(plain(name)))) {
    const finder = findersOf(api).get(nameOf(place));
    const [, to] = (finder && echoesOf(api, operation, operation).find(([from]) => `body#${from}` === place)) ?? [];
    if (finder && to !== undefined) return { finder, sole: { place, to, by: finder.id } };
  }
  return undefined;
};

/** What is no password of anybody, where one is shown. */
export const secretOf = (api: Api, operation: Operation, fits: (schema: Schema, value: Json) => boolean): Plan['secret'] => {
  const [place, schema] = passwordOf(api, operation) ?? [];
  const wrong = schema && ['not-the-password-7', 'Not-the-1'].find((each) => fits(schema, each));
  return place !== undefined && wrong !== undefined ? { place, wrong } : undefined;
};

/** Words for what is there already; a conflict may be another one, as of what is sold out. */
const taken = /\b(?:already|conflicts?|duplicates?|exists?|in use|registered|taken|twice|unique)\b/i;

/** Whether the same again is a conflict, since what it makes is called what it says, or has what is somebody's own; the latter where the document says which conflict it means. */
export const uniqueOf = (api: Api, operation: Operation): Plan['unique'] => {
  const conflict = operation.responses.find(({ status }) => status === 409);
  if (operation.method !== 'POST' || success(operation)?.status !== 201 || !conflict) return undefined;
  return isNamed(api, operation) || (taken.test(conflict.description) && placesOf(api, operation, (name) => personal.has(plain(name))).length > 0) ? true : undefined;
};

/** Whether a request says what the thing that it makes is called by. */
const isNamed = (api: Api, operation: Operation): boolean => {
  const [schema, names] = [writtenIn(operation), ownNames(api, operation)];
  return schema !== undefined && [...merge(api, schema).properties.keys()].some((name) => names.has(`/${pointerToken(name)}`));
};

const loginsOf = remember((api: Api): readonly Operation[] => [...api.operations.values()].filter((operation) => passwordOf(api, operation)));
/** What reads one thing by a name that is nobody else's, by that name. */
const findersOf = remember((api: Api): ReadonlyMap<string, Operation> => new Map([...api.operations.values()].flatMap((operation) => {
  const last = operation.path.segments.at(-1);
  return operation.method === 'GET' && last?.kind === 'variable' && personal.has(plain(last.name)) ? [[plain(last.name), operation] as const] : [];
})));
