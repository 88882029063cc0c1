import { isObject, own, type Json, type JsonObject } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';

/** What moved as a whole, from where it stands after the conversion to where it was written. */
const moved: readonly (readonly [to: string, from: string])[] = [
  ['/openapi', '/swagger'],
  ['/servers', '/host'],
  ['/components/schemas', '/definitions'],
  ['/components/parameters', '/parameters'],
  ['/components/requestBodies', '/parameters'],
  ['/components/responses', '/responses'],
  ['/components/securitySchemes', '/securityDefinitions'],
];

type Move = readonly [to: Origin, from: Origin];

/** Where the parts of a converted document were written; keys and meaning as `Document.origins`. */
export const swaggerOrigins = (document: JsonObject, file: string): ReadonlyMap<string, Origin> => {
  const root: Origin = { file, pointer: '' };
  const whole = moved.map(([to, from]): Move => [{ file, pointer: to }, { file, pointer: from }]);
  const paths = objectsIn(own(document, 'paths')).flatMap(([path, item]) => {
    const place = at(root, 'paths', path);
    return [
      ...ofParameters(item, place, document),
      ...objectsIn(item).flatMap(([method, operation]) => [
        ...ofParameters(operation, at(place, method), document),
        ...objectsIn(own(operation, 'responses')).flatMap(([status]) => {
          const response = at(place, method, 'responses', status);
          return ofContent(response, response, mediaTypes(operation, document, 'produces'));
        }),
      ]),
    ];
  });
  return new Map([...whole, ...paths].map(([to, from]) => [`${to.file}#${to.pointer}`, from]));
};

const ofContent = (to: Origin, from: Origin, types: readonly string[]): Move[] => [
  [at(to, 'content'), from],
  ...types.map((type): Move => [at(to, 'content', type, 'schema'), at(from, 'schema')]),
];

/** The parameters that stay keep their order; those of the body become the request body. */
const ofParameters = (owner: JsonObject, place: Origin, document: JsonObject): Move[] => {
  const list = own(owner, 'parameters');
  const moves: Move[] = [];
  let kept = 0;
  for (const [index, parameter] of (Array.isArray(list) ? (list as readonly Json[]) : []).entries()) {
    const from = at(place, 'parameters', index);
    const where = isObject(parameter) ? own(parameter, 'in') : undefined;
    if (where !== 'body' && where !== 'formData') {
      const to = at(place, 'parameters', kept++);
      moves.push([to, from], [at(to, 'schema'), from]);
    } else moves.push([at(place, 'requestBody'), from], ...(where === 'body' ? ofContent(at(place, 'requestBody'), from, mediaTypes(owner, document, 'consumes')) : []));
  }
  return moves;
};

const mediaTypes = (operation: JsonObject, document: JsonObject, field: 'produces' | 'consumes'): string[] => {
  const stated = own(operation, field) ?? own(document, field);
  return [...(Array.isArray(stated) ? (stated as readonly Json[]).map(String) : []), 'application/json', '*/*'];
};

const objectsIn = (value: Json | undefined): [string, JsonObject][] =>
  isObject(value) ? Object.keys(value).flatMap((key): [string, JsonObject][] => {
    const child = value[key];
    return isObject(child) ? [[key, child]] : [];
  }) : [];
