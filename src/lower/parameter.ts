import { sortBy } from '../base/order.js';
import { nearest } from '../base/text.js';
import type { Cursor } from '../document/cursor.js';
import type { Parameter, PathTemplate, Style } from '../ir/index.js';
import { lowerContents } from './content.js';
import * as faults from './openapi-diagnostics.js';
import { variablesOf } from './path.js';
import type { SchemaLowerer } from './schema.js';

type Place = Parameter['in'];

/** Per place: the styles it knows, the first of them its default. */
const stylesOf: Readonly<Record<Place, readonly Style[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};
const places: readonly Place[] = ['path', 'query', 'header', 'cookie'];

/** Headers that OpenAPI describes by other means, with those means. */
const describedElsewhere: ReadonlyMap<string, string> = new Map([
  ['accept', 'the media types of the responses'],
  ['content-type', 'the media types of the request body'],
  ['authorization', 'security schemes'],
]);

const fields = ['name', 'in', 'description', 'required', 'deprecated', 'allowEmptyValue', 'style', 'explode', 'allowReserved', 'schema', 'content', 'example', 'examples'];

const identityOf = (parameter: Pick<Parameter, 'in' | 'name'>): string =>
  `${places.indexOf(parameter.in)} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;

/** The parameters of an operation: the path item's, replaced by its own where place and name agree; by place, then by name. */
export const lowerParameters = (pathItem: Cursor, operation: Cursor, path: PathTemplate, schemas: SchemaLowerer): Parameter[] => {
  const merged = new Map([...readList(pathItem, schemas), ...readList(operation, schemas)]);
  const variables = variablesOf(path);
  for (const [identity, parameter] of merged) {
    if (parameter.in !== 'path' || variables.includes(parameter.name)) continue;
    operation.report(faults.absentVariable({ name: parameter.name, path: path.text }, parameter.origin));
    merged.delete(identity);
  }
  const declared = [...merged.values()].filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
  for (const variable of variables) {
    if (declared.includes(variable)) continue;
    operation.report(faults.undeclaredVariable({ variable, path: path.text, near: nearest(variable, declared) }, operation.origin));
  }
  return sortBy(merged, ([identity]) => identity).map(([, parameter]) => parameter);
};

const readList = (owner: Cursor, schemas: SchemaLowerer): Map<string, Parameter> => {
  const found = new Map<string, Parameter>();
  for (const item of owner.get('parameters')?.items('`parameters`') ?? []) {
    const parameter = lowerParameter(item, schemas);
    if (!parameter) continue;
    const identity = identityOf(parameter);
    const first = found.get(identity);
    if (first) item.report(faults.duplicateParameter({ name: parameter.name, place: parameter.in }, item.origin, [{ at: first.origin, message: 'first described here' }]));
    else found.set(identity, parameter);
  }
  return found;
};

const lowerParameter = (item: Cursor, schemas: SchemaLowerer): Parameter | undefined => {
  const place = item.follow();
  return place && schemas.once('parameter', place, () => parameterAt(place, schemas));
};

const parameterAt = (place: Cursor, schemas: SchemaLowerer): Parameter | undefined => {
  if (!place.object('the parameter')) return undefined;
  place.only('the parameter', fields);
  const name = place.get('name') ? place.get('name')?.string('the name of the parameter') : place.missing('the parameter', 'name');
  const where = readPlace(place);
  if (name === undefined || where === undefined) return undefined;
  const elsewhere = where === 'header' ? describedElsewhere.get(name.toLowerCase()) : undefined;
  if (elsewhere !== undefined) {
    place.report(faults.ignoredHeader({ name, instead: elsewhere }, place.origin));
    return undefined;
  }
  const stated = place.get('required')?.boolean('`required`') ?? false;
  if (where === 'path' && !stated) place.report(faults.optionalPathParameter({ name }, place.origin));
  const description = place.get('description')?.prose('the description of the parameter');
  return {
    origin: place.origin,
    in: where,
    name,
    required: stated || where === 'path',
    deprecated: place.get('deprecated')?.boolean('`deprecated`') ?? false,
    ...(description === undefined ? {} : { description }),
    ...readValue(place, name, where, schemas),
  };
};

const readPlace = (place: Cursor): Place | undefined => {
  const at = place.get('in');
  if (!at) return place.missing('the parameter', 'in');
  const written = at.string('`in`');
  const known = places.find((candidate) => candidate === written);
  if (written !== undefined && !known) at.report(faults.unknownPlace({ place: written, near: nearest(written, places) }, at.origin));
  return known;
};

const readValue = (place: Cursor, name: string, where: Place, schemas: SchemaLowerer): Pick<Parameter, 'encoding' | 'schema'> => {
  const schema = place.get('schema');
  const content = place.get('content');
  if ((schema === undefined) === (content === undefined)) place.report(faults.untypedParameter({ name, both: schema !== undefined }, place.origin));
  if (content && !schema) {
    const [only] = lowerContents(content, schemas);
    if (!only) place.report(faults.emptyContent({ what: `the parameter \`${name}\`` }, content.origin));
    return { encoding: { kind: 'content', mediaType: only?.mediaType ?? 'text/plain' }, schema: only?.schema ?? { origin: content.origin } };
  }
  return { encoding: readStyle(place, where), schema: schema ? schemas.lower(schema) : { origin: place.origin } };
};

const readStyle = (place: Cursor, where: Place): Parameter['encoding'] => {
  const allowed = stylesOf[where];
  const at = place.get('style');
  const written = at?.string('`style`');
  const style = allowed.find((candidate) => candidate === written) ?? (allowed[0] as Style);
  if (at && written !== undefined && style !== written) at.report(faults.styleNotAllowed({ style: written, place: where, allowed }, at.origin));
  return {
    kind: 'style',
    style,
    explode: place.get('explode')?.boolean('`explode`') ?? style === 'form',
    allowReserved: place.get('allowReserved')?.boolean('`allowReserved`') ?? false,
    allowEmptyValue: place.get('allowEmptyValue')?.boolean('`allowEmptyValue`') ?? false,
  };
};
