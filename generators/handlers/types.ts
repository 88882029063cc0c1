import { isObject, type Json } from '../../src/base/json.js';
import type { Api, Direction, JsonType, NamedSchema, Schema } from '../../src/ir/index.js';
import { isFalse, isRefused, refusedProperties, selection } from '../../src/ir/views.js';
import { Code, docComment, ident, indented, join, lit, prop, ts } from '../kit/typescript/index.js';

/** Prints schemas as types, for one file and one direction. */
export interface TypeContext {
  readonly api: Api;
  readonly direction: Direction;
  /** The name by which the file knows a named schema's type; imports it where it must. */
  readonly reference: (named: NamedSchema) => Code;
  /** What a binary text is here: in multipart bodies a file, elsewhere text. */
  readonly binary?: Code;
}

const unknown = ts`unknown`;
const never = ts`never`;

/** Whether a type is a union or an intersection, outside of all brackets and strings. */
const composite = (code: Code): boolean => {
  const text = String(code);
  if (!text.includes('|') && !text.includes('&')) return false;
  const bare = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\/\*[^]*?\*\//g, '');
  let depth = 0;
  for (const char of bare) {
    if ('{[('.includes(char)) depth++;
    else if ('}])'.includes(char)) depth--;
    else if (depth === 0 && '|&'.includes(char)) return true;
  }
  return false;
};

/** A type that may stand in an intersection, in a tuple, or before `[]`. */
const grouped = (code: Code): Code => (composite(code) ? ts`(${code})` : code);

const unique = (codes: readonly Code[]): Code[] => [...new Map(codes.map((code) => [String(code), code] as const)).values()];

export const unionOf = (codes: readonly Code[]): Code => {
  if (codes.length === 1) return codes[0] as Code;
  const members = unique(codes).filter((code) => code !== never).map((code, _, all) => (all.length > 1 && String(code).startsWith('\n') ? ts`(${code}\n)` : code));
  if (members.some((code) => String(code) === 'unknown')) return unknown;
  if (members.length === 0) return never;
  const line = join(members, ' | ');
  return line.toString().length <= 110 || members.length < 3 ? line : ts`\n${indented(members.map((code) => ts`| ${code}`))}`;
};

const intersectionOf = (codes: readonly Code[]): Code => {
  if (codes.length === 1) return codes[0] as Code;
  const members = unique(codes).filter((code) => String(code) !== 'unknown');
  const [only] = members;
  return only === undefined ? unknown : members.length === 1 ? only : join(members.map(grouped), ' & ');
};

/** The type of just one JSON value. */
export const valueType = (value: Json): Code => {
  if (Array.isArray(value)) return ts`[${join(value.map(valueType), ', ')}]`;
  if (isObject(value)) return ts`{ ${join(Object.keys(value).map((name) => ts`${prop(name)}: ${valueType(value[name] as Json)}`), '; ')} }`;
  return lit(value);
};

/** The type of the values that a schema lets through, as near as TypeScript comes to it. */
export const typeOf = (schema: Schema, context: TypeContext, inherited: ReadonlySet<string> = new Set()): Code => {
  const parts: Code[] = [];
  if (schema.ref !== undefined) parts.push(referenceType(schema.ref, context));
  const hidden = new Set([...inherited, ...refusedProperties(context.api, schema, context.direction)]);
  if (schema.const) parts.push(valueType(schema.const[0]));
  else if (schema.enum) parts.push(unionOf(schema.enum.map(valueType)));
  else parts.push(ownType(schema, context, hidden));
  for (const part of schema.allOf ?? []) parts.push(typeOf(part, context, hidden));
  const selected = selection(schema);
  if (selected && schema.discriminator) parts.push(selectedType(schema.discriminator.property, selected, context));
  else for (const members of [schema.oneOf, schema.anyOf]) if (members) parts.push(unionOf(members.map((member) => typeOf(member, context))));
  if (isFalse(schema)) return never;
  return intersectionOf(parts);
};

const referenceType = (name: string, { api, reference }: TypeContext): Code => {
  const target = api.schemas.get(name);
  return target ? reference(target) : unknown;
};

const selectedType = (tag: string, mapping: ReadonlyMap<string, string>, context: TypeContext): Code => {
  const values = new Map<string, string[]>();
  for (const [value, target] of mapping) values.set(target, [...(values.get(target) ?? []), value]);
  return unionOf([...values].map(([target, tags]) => intersectionOf([referenceType(target, context), ts`{ ${prop(tag)}: ${unionOf(tags.map((value) => lit(value)))} }`])));
};

const ownType = (schema: Schema, context: TypeContext, hidden: ReadonlySet<string>): Code => {
  const types: readonly JsonType[] | undefined = schema.types
    ?? (schema.properties || schema.required || schema.patternProperties || (schema.additionalProperties && !schema.ref && !schema.allOf) ? ['object'] : schema.items || schema.prefixItems ? ['array'] : undefined);
  return types ? unionOf(types.map((type) => typed(schema, type, context, hidden))) : unknown;
};

const typed = (schema: Schema, type: JsonType, context: TypeContext, hidden: ReadonlySet<string>): Code => {
  switch (type) {
    case 'null': return ts`null`;
    case 'boolean': return ts`boolean`;
    case 'integer': case 'number': return ts`number`;
    case 'string': return context.binary && (schema.format === 'binary' || (schema.contentMediaType !== undefined && schema.contentEncoding === undefined)) ? context.binary : ts`string`;
    case 'array': return arrayType(schema, context);
    case 'object': return objectType(schema, context, hidden);
  }
};

const arrayType = (schema: Schema, context: TypeContext): Code => {
  const item = schema.items ? typeOf(schema.items, context) : unknown;
  if (!schema.prefixItems) return ts`${grouped(item)}[]`;
  const least = schema.minItems ?? 0;
  const first = schema.prefixItems.map((prefix, index) => (index < least ? typeOf(prefix, context) : ts`${grouped(typeOf(prefix, context))}?`));
  return ts`[${join([...first, ...(item === never ? [] : [ts`...${grouped(item)}[]`])], ', ')}]`;
};

const objectType = (schema: Schema, context: TypeContext, hidden: ReadonlySet<string>): Code => {
  const required = new Set(schema.required);
  const members: Code[] = [];
  const types: Code[] = [];
  for (const [name, property] of schema.properties ?? []) {
    if (isRefused(context.api, property, context.direction)) continue;
    const type = typeOf(property, context);
    const optional = !required.has(name) || hidden.has(name);
    types.push(type, ...(optional ? [ts`undefined`] : []));
    members.push(member(docComment(property.description, property.deprecated ? '@deprecated' : undefined), name, optional, type));
  }
  for (const name of required) {
    if (schema.properties?.has(name) || hidden.has(name)) continue;
    types.push(unknown);
    members.push(member(ts``, name, false, unknown));
  }
  const others = [...(schema.patternProperties?.values() ?? []), ...(schema.additionalProperties ? [schema.additionalProperties] : [])].map((other) => typeOf(other, context));
  // An index signature speaks of the declared properties too, so it has to admit their types.
  const index = unionOf([...others, ...(others.length > 0 ? types : [])]);
  if (index !== never) members.push(ts`[name: string]: ${index};`);
  else if (members.length === 0) return schema.additionalProperties && isFalse(schema.additionalProperties) ? ts`{ [name: string]: never }` : ts`{ [name: string]: unknown }`;
  return ts`{\n${indented(members)}\n}`;
};

/** One member of an object type, with its comment. */
export const member = (comment: Code, name: string, optional: boolean, type: Code): Code =>
  join([comment, optional ? ts`${prop(name)}?: ${type};` : ts`${prop(name)}: ${type};`], '\n');

/** The declaration of a named type. */
export const declaration = (name: string, comment: Code, type: Code): Code => join([comment, ts`export type ${ident(name)} = ${type};`], '\n');
