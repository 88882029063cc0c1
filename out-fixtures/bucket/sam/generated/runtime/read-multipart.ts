import type { FieldContract, ReadContent, Shape } from './contract.js';
import { convert, type Converted } from './convert.js';
import { collect, fromJson } from './fields.js';
import { essence } from './media-type.js';
import { parseMultipart, type Part } from './multipart.js';
import { asBytes, toText } from './platform.js';
import { malformed } from './read.js';

const isList = (shape: Shape): shape is { readonly array: Shape } => typeof shape === 'object' && 'array' in shape;

const filePart = ({ filename, contentType, data }: Part) => ({ ...(filename === undefined ? {} : { filename }), contentType, data });

const partValue = (part: Part, field: FieldContract | undefined, shape: Shape): Converted => {
  if (field?.as === 'file' || (field === undefined && part.filename !== undefined)) return { value: filePart(part) };
  const text = toText(part.data);
  if (text === undefined) return { fault: { keyword: 'malformed', pointer: '', message: 'is not UTF-8' } };
  return field?.as === 'json' || essence(part.contentType) === 'application/json' ? fromJson(text) : convert(text, shape);
};

/** Reads `multipart/form-data`: files as they are, fields as their schemas say. */
export const readMultipart: ReadContent = (body, content, contentType) => {
  const parts = parseMultipart(asBytes(body), contentType);
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
