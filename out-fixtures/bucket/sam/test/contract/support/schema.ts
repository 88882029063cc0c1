import { codePoints, equal } from '../../../generated/runtime/checks.js';
import * as formats from '../../../generated/runtime/formats.js';
import type { Json, JsonSchema } from './plan.js';

/** What is wrong with a value, and where in it. */
export interface Fault { readonly pointer: string; readonly rule: string; readonly message: string }

export interface Schemas { readonly [name: string]: JsonSchema }

/** How a value is looked at. `closed`: an object that tells its properties, and not that there may be others, has no others. */
export interface Look { readonly schemas: Schemas; readonly closed: boolean }

type Text = (text: string) => boolean;
const texts: { readonly [format: string]: Text | undefined } = {
  date: formats.date, time: formats.time, 'date-time': formats.dateTime, duration: formats.duration, hostname: formats.hostname, email: formats.email, ipv4: formats.ipv4,
  ipv6: formats.ipv6, uri: formats.uri, 'uri-reference': formats.uriReference, uuid: formats.uuid, byte: formats.byte, 'json-pointer': formats.jsonPointer,
};
const numbers: { readonly [format: string]: { readonly validate: (value: number) => boolean } | undefined } = { int32: formats.int32, int64: formats.int64 };

/** A fault whose words are found only when they are asked for: most belong to alternatives that were not meant. */
interface Raw { readonly path: Path; readonly rule: string; readonly message: () => string }

/** What schemas said of one value: its faults, and which of its properties and items they knew. */
class Seen {
  readonly faults: Raw[] = [];
  readonly names = new Set<string>();
  /** Some schema lists properties. */
  listed = false;
  /** Some schema says what others may be. */
  open = false;
  items = 0;

  take(other: Seen): void {
    this.faults.push(...other.faults);
    for (const name of other.names) this.names.add(name);
    this.listed ||= other.listed;
    this.open ||= other.open;
    this.items = Math.max(this.items, other.items);
  }
}

/**
 * What is wrong with a value by a schema of JSON Schema 2020-12. It is written a second time here, beside the validators
 * that requests are checked with, so that the two do not share their mistakes.
 */
export const faultsOf = (schema: JsonSchema, value: Json, look: Look): readonly Fault[] =>
  whole(schema, value, undefined, look, 0).faults.map(({ path, rule, message }) => ({ pointer: pointerOf(path), rule, message: message() }));

/** Whether nothing is wrong with a value. */
export const fits = (schema: JsonSchema, value: Json, look: Look): boolean => whole(schema, value, undefined, look, 0).faults.length === 0;

/** A place within a value, from the inside out: only a fault needs it as text. */
type Path = { readonly up: Path; readonly name: string | number } | undefined;

const pointerOf = (path: Path): string => (path === undefined ? '' : `${pointerOf(path.up)}/${String(path.name).replaceAll('~', '~0').replaceAll('/', '~1')}`);
const isObject = (value: Json): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const typeOf = (value: Json): string => (value === null ? 'null' : isList(value) ? 'array' : typeof value);
const isSchema = (value: Json | undefined): value is JsonSchema => value !== undefined && isObject(value);

const is = (value: Json, type: Json): boolean => (type === 'integer' ? typeof value === 'number' && Number.isInteger(value) : typeOf(value) === type);

/** A value by itself: all that applies to it, then what nobody knew of it. */
const whole = (schema: JsonSchema, value: Json, path: Path, look: Look, depth: number): Seen => {
  const seen = apply(schema, value, path, look, depth);
  if (look.closed && isObject(value) && seen.listed && !seen.open) {
    for (const name of Object.keys(value)) if (!seen.names.has(name)) seen.faults.push({ path: { up: path, name }, rule: 'properties', message: () => 'is not among the properties' });
  }
  return seen;
};

const apply = (schema: JsonSchema, value: Json, path: Path, look: Look, depth: number): Seen => {
  const seen = new Seen();
  if (depth > 200) return seen;
  const fault: Told = (rule, message) => void seen.faults.push({ path, rule, message });
  const inner = (part: JsonSchema): Seen => apply(part, value, path, look, depth + 1);
  const { $ref: reference } = schema;
  const target = typeof reference === 'string' ? look.schemas[reference] : undefined;
  if (target) seen.take(inner(target));
  const { type, enum: options } = schema;
  if (type !== undefined && !(isList(type) ? type : [type]).some((each) => is(value, each))) fault('type', () => `is of type ${typeOf(value)}, not ${(isList(type) ? type : [type]).join(' or ')}`);
  if (isList(options) && !options.some((option) => equal(option, value))) fault('enum', () => `is none of ${JSON.stringify(options)}`);
  if ('const' in schema && !equal(schema['const'], value)) fault('const', () => `is not ${JSON.stringify(schema['const'])}`);
  if (typeof value === 'string') ofText(schema, value, fault);
  if (typeof value === 'number') ofNumber(schema, value, fault);
  if (isList(value)) ofList(schema, value, path, look, depth, seen);
  if (isObject(value)) ofObject(schema, value, path, look, depth, seen);
  compose(schema, seen, inner, fault);
  leftovers(schema, value, path, look, depth, seen);
  return seen;
};

type Told = (rule: string, message: () => string) => void;

const ofText = ({ minLength, maxLength, pattern, format }: JsonSchema, value: string, fault: Told): void => {
  if (typeof minLength === 'number' && codePoints(value) < minLength) fault('minLength', () => `has fewer than ${minLength} characters`);
  if (typeof maxLength === 'number' && codePoints(value) > maxLength) fault('maxLength', () => `has more than ${maxLength} characters`);
  if (typeof pattern === 'string' && !expression(pattern).test(value)) fault('pattern', () => `does not match ${pattern}`);
  if (typeof format === 'string' && texts[format]?.(value) === false) fault('format', () => `is no ${format}`);
};

const expressions = new Map<string, RegExp>();

const expression = (source: string): RegExp => {
  const known = expressions.get(source);
  if (known) return known;
  const made = compiled(source);
  expressions.set(source, made);
  return made;
};

const compiled = (source: string): RegExp => {
  try {
    return new RegExp(source, 'u');
  } catch {
    return new RegExp(source);
  }
};

/** Whether a number is so many times another, as both are written: neither 19.99 nor 0.01 is just that number. */
const isMultiple = (value: number, step: number): boolean => (Number.isInteger(step) ? value % step === 0 : Math.abs(value - Math.round(value / step) * step) <= 2 * Number.EPSILON * Math.abs(value));

const ofNumber = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format }: JsonSchema, value: number, fault: Told): void => {
  if (typeof minimum === 'number' && value < minimum) fault('minimum', () => `is less than ${minimum}`);
  if (typeof maximum === 'number' && value > maximum) fault('maximum', () => `is more than ${maximum}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) fault('exclusiveMinimum', () => `is not more than ${exclusiveMinimum}`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) fault('exclusiveMaximum', () => `is not less than ${exclusiveMaximum}`);
  if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf)) fault('multipleOf', () => `is no multiple of ${multipleOf}`);
  if (typeof format === 'string' && numbers[format]?.validate(value) === false) fault('format', () => `is no ${format}`);
};

const ofList = (schema: JsonSchema, value: readonly Json[], path: Path, look: Look, depth: number, seen: Seen): void => {
  const fault: Told = (rule, message) => void seen.faults.push({ path, rule, message });
  const { minItems, maxItems, uniqueItems, items, prefixItems, contains, minContains, maxContains } = schema;
  if (typeof minItems === 'number' && value.length < minItems) fault('minItems', () => `has fewer than ${minItems} items`);
  if (typeof maxItems === 'number' && value.length > maxItems) fault('maxItems', () => `has more than ${maxItems} items`);
  if (uniqueItems === true && value.some((item, index) => value.slice(0, index).some((other) => equal(item, other)))) fault('uniqueItems', () => 'has an item twice');
  const first = isList(prefixItems) ? prefixItems : [];
  const check = (part: Json, index: number): void => void seen.faults.push(...whole(schemaOf(part), value[index] as Json, { up: path, name: index }, look, depth + 1).faults);
  first.slice(0, value.length).forEach(check);
  seen.items = Math.max(seen.items, Math.min(first.length, value.length));
  if (items !== undefined) {
    for (let index = first.length; index < value.length; index++) check(items, index);
    seen.items = value.length;
  }
  if (isSchema(contains)) {
    const found = value.filter((item) => whole(contains, item, undefined, look, depth + 1).faults.length === 0).length;
    if (found < (typeof minContains === 'number' ? minContains : 1) || (typeof maxContains === 'number' && found > maxContains)) fault('contains', () => `has ${found} items of a kind`);
  }
};

/** A boolean schema as an object. */
const schemaOf = (schema: Json): JsonSchema => (isObject(schema) ? schema : schema === false ? { not: {} } : {});

const ofObject = (schema: JsonSchema, value: { readonly [name: string]: Json }, path: Path, look: Look, depth: number, seen: Seen): void => {
  const fault: Told = (rule, message) => void seen.faults.push({ path, rule, message });
  const { required, properties, patternProperties, additionalProperties, propertyNames, minProperties, maxProperties, dependentRequired, dependentSchemas } = schema;
  const names = Object.keys(value);
  const child = (part: Json, name: string): void => {
    seen.names.add(name);
    seen.faults.push(...whole(schemaOf(part), value[name] as Json, { up: path, name }, look, depth + 1).faults);
  };
  if (isList(required)) for (const name of required) if (typeof name === 'string' && !Object.hasOwn(value, name)) seen.faults.push({ path, rule: 'required', message: () => `lacks \`${name}\`` });
  if (typeof minProperties === 'number' && names.length < minProperties) fault('minProperties', () => `has fewer than ${minProperties} properties`);
  if (typeof maxProperties === 'number' && names.length > maxProperties) fault('maxProperties', () => `has more than ${maxProperties} properties`);
  const own = isSchema(properties) ? properties : {};
  if (isSchema(properties)) seen.listed = true;
  const patterns = isSchema(patternProperties) ? Object.entries(patternProperties).map(([source, part]) => [expression(source), part] as const) : [];
  if (patterns.length > 0 || additionalProperties !== undefined) seen.open = true;
  for (const name of names) {
    const matching = patterns.filter(([pattern]) => pattern.test(name));
    for (const [, part] of matching) child(part, name);
    if (Object.hasOwn(own, name)) child(own[name] as Json, name);
    else if (matching.length === 0 && additionalProperties !== undefined) {
      if (additionalProperties === false) seen.faults.push({ path: { up: path, name }, rule: 'additionalProperties', message: () => 'is not among the properties' });
      child(additionalProperties === false ? true : additionalProperties, name);
    }
    if (isSchema(propertyNames) && whole(propertyNames, name, undefined, look, depth + 1).faults.length > 0) fault('propertyNames', () => `has the name ${JSON.stringify(name)}`);
  }
  for (const [name, others] of Object.entries(isSchema(dependentRequired) ? dependentRequired : {})) {
    if (Object.hasOwn(value, name) && isList(others)) for (const other of others) if (!Object.hasOwn(value, String(other))) fault('dependentRequired', () => `has \`${name}\` and lacks \`${String(other)}\``);
  }
  for (const [name, part] of Object.entries(isSchema(dependentSchemas) ? dependentSchemas : {})) if (Object.hasOwn(value, name)) seen.take(apply(schemaOf(part), value, path, look, depth + 1));
};

const compose = (schema: JsonSchema, seen: Seen, inner: (part: JsonSchema) => Seen, fault: Told): void => {
  const parts = (list: Json | undefined): Seen[] => (isList(list) ? list.map((part) => inner(schemaOf(part))) : []);
  for (const part of parts(schema['allOf'])) seen.take(part);
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const all = parts(schema[keyword]);
    if (all.length === 0) continue;
    const fitting = all.filter(({ faults }) => faults.length === 0);
    for (const part of fitting) seen.take(part);
    if (fitting.length === 0) fault(keyword, () => `is none of the ${all.length} alternatives (${all.map(({ faults }) => faults[0]?.message()).join('; ')})`);
    if (keyword === 'oneOf' && fitting.length > 1) fault(keyword, () => `is ${fitting.length} of the alternatives, not one`);
  }
  const { not, if: condition, then, else: otherwise } = schema;
  if (not !== undefined && inner(schemaOf(not)).faults.length === 0) fault('not', () => 'is what it must not be');
  if (condition !== undefined) {
    const outcome = inner(schemaOf(condition));
    const holds = outcome.faults.length === 0;
    if (holds) seen.take(outcome);
    const next = holds ? then : otherwise;
    if (next !== undefined) seen.take(inner(schemaOf(next)));
  }
};

const leftovers = ({ unevaluatedProperties: properties, unevaluatedItems: items }: JsonSchema, value: Json, path: Path, look: Look, depth: number, seen: Seen): void => {
  const rest = (part: Json, inside: Json, at: Path, rule: string): void => {
    if (part === false || (isSchema(part) && isSchema(part['not']) && Object.keys(part['not']).length === 0)) seen.faults.push({ path: at, rule, message: () => 'is not among what is declared' });
    else seen.faults.push(...whole(schemaOf(part), inside, at, look, depth + 1).faults);
  };
  if (properties !== undefined && isObject(value)) {
    for (const name of Object.keys(value)) if (!seen.names.has(name) && !seen.open) rest(properties, value[name] as Json, { up: path, name }, 'unevaluatedProperties');
    seen.open = true;
  }
  if (items !== undefined && isList(value)) for (let index = seen.items; index < value.length; index++) rest(items, value[index] as Json, { up: path, name: index }, 'unevaluatedItems');
};
