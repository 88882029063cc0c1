import type { SchemaError } from './contract.js';
import type { Violation } from './problem.js';

const types: { readonly [type: string]: string } = { string: 'a text', number: 'a number', integer: 'an integer', boolean: '`true` or `false`', null: '`null`', array: 'a list', object: 'an object' };
const typeNames = (type: unknown): string => (Array.isArray(type) ? type : String(type).split(',')).map((name: string) => types[name] ?? name).join(' or ');

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};
const plural = (n: unknown, noun: string): string => `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
const comparisons: { readonly [operator: string]: string } = { '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'less than' };

/** What a person is told of a broken keyword. */
const message = ({ keyword, params }: SchemaError, value: unknown): string => {
  switch (keyword) {
    case 'type': return `must be ${typeNames(params['type'])}, is ${show(value)}`;
    case 'required': return 'is required';
    case 'dependentRequired': return `is required when \`${String(params['property'])}\` is given`;
    case 'readOnly': return 'is read-only and must not be sent';
    case 'writeOnly': return 'is write-only and must not be answered';
    case 'enum': return Array.isArray(params['allowedValues']) ? `must be one of ${params['allowedValues'].map(show).join(', ')}, is ${show(value)}` : 'is not one of the values allowed';
    case 'const': return `must be ${show(params['allowedValue'])}, is ${show(value)}`;
    case 'minimum': case 'maximum': case 'exclusiveMinimum': case 'exclusiveMaximum':
      return `must be ${comparisons[String(params['comparison'])] ?? ''} ${String(params['limit'])}, is ${show(value)}`;
    case 'multipleOf': return `must be a multiple of ${String(params['multipleOf'])}, is ${show(value)}`;
    case 'minLength': return `must have at least ${plural(params['limit'], 'character')}`;
    case 'maxLength': return `must have at most ${plural(params['limit'], 'character')}`;
    case 'pattern': return `must match ${String(params['pattern'])}`;
    case 'format': return `must be a valid ${String(params['format'])}, is ${show(value)}`;
    case 'minItems': return `must have at least ${plural(params['limit'], 'item')}`;
    case 'maxItems': return `must have at most ${plural(params['limit'], 'item')}`;
    case 'uniqueItems': return `must not have the same item twice (items ${String(params['j'])} and ${String(params['i'])})`;
    case 'contains': return `must have at least ${plural(params['minContains'], 'item')} of the kind asked for`;
    case 'minProperties': return `must have at least ${plural(params['limit'], 'property').replace('propertys', 'properties')}`;
    case 'maxProperties': return `must have at most ${plural(params['limit'], 'property').replace('propertys', 'properties')}`;
    case 'additionalProperties': case 'unevaluatedProperties': return 'is not a known property';
    case 'items': case 'unevaluatedItems': return `must have at most ${plural(params['limit'] ?? params['len'], 'item')}`;
    case 'propertyNames': return `has a property name that is not allowed: ${show(params['propertyName'])}`;
    case 'oneOf': return Array.isArray(params['passingSchemas']) ? 'matches more than one of the alternatives' : 'matches none of the alternatives';
    case 'anyOf': return 'matches none of the alternatives';
    case 'not': return 'is not allowed';
    case 'false schema': return 'is not allowed';
    default: return `breaks \`${keyword}\``;
  }
};

const token = (name: unknown): string => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Properties that are missing or too many are pointed at themselves, not at their parent. */
const pointer = ({ instancePath, keyword, params }: SchemaError): string => {
  const name = keyword === 'required' || keyword === 'dependentRequired' ? params['missingProperty']
    : keyword === 'additionalProperties' ? params['additionalProperty']
    : keyword === 'unevaluatedProperties' ? params['unevaluatedProperty']
    : undefined;
  return name === undefined ? instancePath : instancePath + token(name);
};

const valueAt = (data: unknown, path: string): unknown => {
  let value = data;
  for (const step of path.split('/').slice(1)) {
    const name = step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as { readonly [key: string]: unknown })[name];
  }
  return value;
};

/** More than this is of no use to a caller. */
const most = 50;

/** What a validator found, for a person; `if` only says that another error, which is in the list too, matters. */
export const explain = (data: unknown, errors: readonly SchemaError[] | null | undefined): { pointer: string; keyword: string; message: string }[] => {
  const found = errors ?? [];
  const unique = new Map<string, { pointer: string; keyword: string; message: string }>();
  for (const error of found.filter(({ keyword }) => keyword !== 'if' || found.length === 1).slice(0, most)) {
    const place = pointer(error);
    unique.set(`${place} ${error.keyword}`, { pointer: place, keyword: error.keyword, message: message(error, valueAt(data, error.instancePath)) });
  }
  return [...unique.values()];
};

const places = new Set(['path', 'query', 'header', 'cookie']);

/** As `explain`, for the value that holds all parameters: `/query/limit/0` is item 0 of the query parameter `limit`. */
export const explainParameters = (data: unknown, errors: readonly SchemaError[] | null | undefined): Violation[] =>
  explain(data, errors).map(({ pointer: path, keyword, message: text }) => {
    const [, place = '', name = '', ...rest] = path.split('/');
    return {
      in: places.has(place) ? (place as 'path' | 'query' | 'header' | 'cookie') : 'query',
      name: name.replaceAll('~1', '/').replaceAll('~0', '~'),
      pointer: rest.length === 0 ? '' : `/${rest.join('/')}`,
      keyword,
      message: text,
    };
  });
