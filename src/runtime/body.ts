import type { BodyContract, ContentContract, FieldContract, Shape } from './contract.js';
import { convert, type Converted } from './convert.js';
import { header } from './gateway.js';
import { queryPairs } from './http.js';
import type { Incoming } from './message.js';
import { parseMultipart, type Part } from './multipart.js';
import { decodeField, decodeQuery } from './parameters.js';
import { put, toText } from './platform.js';
import { Problem, type Violation } from './problem.js';
import { explain } from './violations.js';

/** A body that was read, or what is wrong with it; a `Problem` when nothing else matters any more. */
export type ReadBody = { readonly value: unknown } | { readonly violations: readonly Violation[] } | Problem;

const violation = (keyword: string, message: string, pointer = ''): Violation => ({ in: 'body', pointer, keyword, message });
const malformed = (message: string): { readonly violations: readonly Violation[] } => ({ violations: [violation('malformed', message)] });

/** The essence of a media type, without parameters, in lower case. */
export const essence = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

const covers = (declared: string, sent: string): boolean =>
  declared === sent || declared === '*/*' || (declared.endsWith('/*') && sent.startsWith(declared.slice(0, -1)));

/** The content that a media type selects: the very type before a range of types. */
export const select = <T extends { readonly mediaType: string }>(contents: readonly T[], mediaType: string): T | undefined =>
  contents.find((content) => essence(content.mediaType) === mediaType) ?? contents.filter((content) => covers(essence(content.mediaType), mediaType))
    .sort((a, b) => b.mediaType.length - a.mediaType.length)[0];

const json = (bytes: Uint8Array): ReadBody => {
  const text = toText(bytes);
  if (text === undefined) return malformed('is not UTF-8');
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return malformed('is not valid JSON');
  }
};

const isList = (shape: Shape): shape is { readonly array: Shape } => typeof shape === 'object' && 'array' in shape;

/** A field in a form that holds JSON: its schema is an object, and nothing says otherwise. */
const fromJson = (text: string): Converted => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: { keyword: 'malformed', pointer: '', message: 'is not valid JSON' } };
  }
};

const collect = (fields: Iterable<readonly [name: string, value: Converted | undefined]>): ReadBody => {
  const value = {};
  const violations: Violation[] = [];
  for (const [name, converted] of fields) {
    if (converted === undefined) continue;
    if ('value' in converted) put(value, name, converted.value);
    else violations.push(violation(converted.fault.keyword, converted.fault.message, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${converted.fault.pointer}`));
  }
  return violations.length > 0 ? { violations } : { value };
};

const urlencoded = (bytes: Uint8Array, content: ContentContract): ReadBody => {
  const text = toText(bytes);
  if (text === undefined) return malformed('is not UTF-8');
  const pairs = queryPairs(text);
  const fields = content.fields ?? [];
  const taken = new Set(fields.map(({ name }) => name));
  const names = new Set<string>();
  for (const [name] of pairs) {
    const decoded = decodeQuery(name);
    if (decoded === undefined) return malformed('has a broken percent-encoding');
    names.add(decoded);
  }
  const read = (field: FieldContract): Converted | undefined => {
    if (field.as === 'json' && field.style === undefined) {
      const sent = pairs.find(([name]) => decodeQuery(name) === field.name)?.[1];
      const decoded = sent === undefined ? undefined : decodeQuery(sent);
      if (decoded?.startsWith('{')) return fromJson(decoded);
    }
    return decodeField({ name: field.name, shape: field.shape, style: field.style ?? 'form', explode: field.explode ?? true }, pairs, taken, decodeQuery);
  };
  const spread = new Set(fields.flatMap(({ shape }) => (typeof shape === 'object' && 'object' in shape ? shape.object.map(([name]) => name) : [])));
  const others = [...names].filter((name) => !taken.has(name) && !spread.has(name) && !fields.some((field) => field.style === 'deepObject' && name.startsWith(`${field.name}[`)));
  const rest = content.rest ?? 'string';
  return collect([
    ...fields.map((field) => [field.name, read(field)] as const),
    ...others.map((name) => [name, decodeField({ name, shape: rest, style: 'form', explode: true }, pairs, taken, decodeQuery)] as const),
  ]);
};

const filePart = ({ filename, contentType, data }: Part) => ({ ...(filename === undefined ? {} : { filename }), contentType, data });

const partValue = (part: Part, field: FieldContract | undefined, shape: Shape): Converted => {
  if (field?.as === 'file' || (field === undefined && part.filename !== undefined)) return { value: filePart(part) };
  const text = toText(part.data);
  if (text === undefined) return { fault: { keyword: 'malformed', pointer: '', message: 'is not UTF-8' } };
  return field?.as === 'json' || essence(part.contentType) === 'application/json' ? fromJson(text) : convert(text, shape);
};

const multipart = (bytes: Uint8Array, content: ContentContract, contentType: string): ReadBody => {
  const parts = parseMultipart(bytes, contentType);
  if (typeof parts === 'string') return malformed(parts);
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const group = groups.get(part.name);
    if (group) group.push(part);
    else groups.set(part.name, [part]);
  }
  return collect([...groups].map(([name, group]) => {
    const field = content.fields?.find((candidate) => candidate.name === name);
    const shape = field?.shape ?? content.rest ?? 'string';
    const [first] = group;
    if (!isList(shape)) return [name, first && partValue(group.at(-1) ?? first, field, shape)] as const;
    const items = group.map((part) => partValue(part, field, shape.array));
    const broken = items.findIndex((item) => 'fault' in item);
    const fault = items[broken];
    if (fault && 'fault' in fault) return [name, { fault: { ...fault.fault, pointer: `/${broken}` } }] as const;
    const values = items.map((item) => ('value' in item ? item.value : undefined));
    // A whole list may come as one part of JSON.
    return [name, { value: values.length === 1 && Array.isArray(values[0]) ? values[0] : values }] as const;
  }));
};

const parse = (bytes: Uint8Array, content: ContentContract, contentType: string): ReadBody => {
  switch (content.kind) {
    case 'json': return json(bytes);
    case 'form': return urlencoded(bytes, content);
    case 'multipart': return multipart(bytes, content, contentType);
    case 'binary': return { value: bytes };
    case 'text': {
      const text = toText(bytes);
      return text === undefined ? malformed('is not UTF-8') : { value: text };
    }
  }
};

/** Reads and checks the body of a request. An absent body is null. */
export const readBody = (incoming: Incoming, contract: BodyContract | undefined): ReadBody => {
  const { body } = incoming;
  if (contract === undefined) return { value: null };
  if (body === undefined || body.length === 0) return contract.required ? { violations: [violation('required', 'is required')] } : { value: null };
  if (body.length > contract.limit) return new Problem(413, 'body-too-large', `The body has ${body.length} bytes; at most ${contract.limit} are taken.`);
  const contentType = header(incoming.headers, 'content-type') ?? '';
  const content = select(contract.contents, essence(contentType));
  if (content === undefined) {
    const accepted = contract.contents.map(({ mediaType }) => mediaType).join(', ');
    return new Problem(415, 'unsupported-media-type', `The body must be ${accepted}${contentType === '' ? '; the request has no content-type' : ''}.`, [], [['accept', accepted]]);
  }
  const read = parse(body, content, contentType);
  if (!('value' in read) || !content.validate) return read;
  if (content.validate(read.value)) return read;
  return { violations: explain(read.value, content.validate.errors).map((error) => ({ in: 'body', ...error })) };
};
