import type { FieldContract, ReadContent } from './contract.js';
import type { Converted } from './convert.js';
import { collect, fromJson } from './fields.js';
import { queryPairs } from './http.js';
import { decodeField, decodeQuery } from './parameters.js';
import { toText } from './platform.js';
import { malformed } from './read.js';

/** Reads `application/x-www-form-urlencoded`. */
export const readForm: ReadContent = (body, content) => {
  const text = toText(body);
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
