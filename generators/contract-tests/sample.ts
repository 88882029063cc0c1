// fast-check makes texts that match a pattern, from a fixed seed.
import { sample as draw, stringMatching } from 'fast-check';
import type { Json } from '../../src/base/json.js';
import type { Api, Schema } from '../../src/ir/index.js';
import { merge, type Merged } from './merge.js';

/** How much is put into a sample: what must be there, or all that may. */
export type Extent = 'least' | 'most';

/** A text of each format. */
export const formats: Readonly<Record<string, string>> = {
  date: '2026-01-15', time: '10:20:30Z', 'date-time': '2026-01-15T10:20:30Z', duration: 'P3DT4H', hostname: 'host.example.com', email: 'person@example.com', ipv4: '192.0.2.1',
  ipv6: '2001:db8::1', uri: 'https://example.com/a', url: 'https://example.com/a', 'uri-reference': '/a/b', uuid: '3f2b8c1e-5d4a-4f6b-9c7d-1e2f3a4b5c6d', byte: 'dGV4dA==', 'json-pointer': '/a/0', binary: 'bytes', password: 'correct-horse-9',
};

/** The depth from which on nothing optional is put in. */
const deep = 3;

const cache = new Map<string, string | undefined>();

/** A text that matches a pattern, always the same; nothing where the pattern is beyond what can be made. */
export const matching = (pattern: string, least: number, most: number): string | undefined => {
  const key = `${least} ${most} ${pattern}`;
  if (cache.has(key)) return cache.get(key);
  let found: string | undefined;
  try {
    const expression = new RegExp(pattern, 'u');
    const fits = (text: string): boolean => text.length >= least && text.length <= most && /^[\x20-\x7e]*$/.test(text) && expression.test(text);
    const candidates = draw(stringMatching(expression), { seed: 1, numRuns: 60 });
    const printable = candidates.filter(fits);
    found = printable.find((text) => text !== '') ?? printable[0];
  } catch {
    // A pattern of another notation, or one that looks around: no sample of it.
  }
  cache.set(key, found);
  return found;
};

/** A value that fits a schema, by its examples first; nothing where none is found. `choice` selects among alternatives. */
export const sample = (api: Pick<Api, 'schemas'>, schema: Schema, extent: Extent, choice = 0, depth = 0, open: readonly string[] = []): Json | undefined => {
  const within = schema.ref === undefined ? open : [...open, schema.ref];
  const inner = depth > deep || (schema.ref !== undefined && open.includes(schema.ref)) ? 'least' : extent;
  if (depth > 12) return undefined;
  return valueOf(api, merge(api, schema, choice), inner, choice, depth, within);
};

const valueOf = (api: Pick<Api, 'schemas'>, merged: Merged, extent: Extent, choice: number, depth: number, open: readonly string[]): Json | undefined => {
  if (merged.options) return merged.options.value[0];
  const type = merged.types?.value.find((each) => each !== 'null') ?? merged.types?.value[0] ?? guess(merged);
  if (type !== 'object' && type !== 'array' && merged.examples[0] !== undefined) return merged.examples[0];
  switch (type) {
    case 'null': return null;
    case 'boolean': return true;
    case 'integer': case 'number': return numberOf(merged, type === 'integer');
    case 'string': return textOf(merged);
    case 'array': return listOf(api, merged, extent, choice, depth, open);
    case 'object': return objectOf(api, merged, extent, choice, depth, open);
  }
};

const guess = (merged: Merged): 'object' | 'array' | 'string' | 'number' =>
  merged.properties.size > 0 || merged.required.size > 0 ? 'object' : merged.items ? 'array' : merged.bounds.has('minimum') || merged.bounds.has('maximum') ? 'number' : 'string';

const bound = ({ bounds }: Merged, keyword: Parameters<Merged['bounds']['get']>[0]): number | undefined => bounds.get(keyword)?.value;

/** The smallest and the largest number, as far as they are bounded. */
export const range = (merged: Merged, whole: boolean): { readonly least?: number; readonly most?: number } => {
  const step = whole ? 1 : 0.5;
  const lows = [bound(merged, 'minimum'), bound(merged, 'exclusiveMinimum') === undefined ? undefined : (bound(merged, 'exclusiveMinimum') ?? 0) + step].filter((each) => each !== undefined);
  const highs = [bound(merged, 'maximum'), bound(merged, 'exclusiveMaximum') === undefined ? undefined : (bound(merged, 'exclusiveMaximum') ?? 0) - step].filter((each) => each !== undefined);
  return { ...(lows.length > 0 ? { least: Math.max(...lows) } : {}), ...(highs.length > 0 ? { most: Math.min(...highs) } : {}) };
};

const numberOf = (merged: Merged, whole: boolean): number => {
  const { least, most } = range(merged, whole);
  const step = bound(merged, 'multipleOf');
  const wanted = Math.min(Math.max(1, least ?? 1), most ?? Number.MAX_SAFE_INTEGER);
  const value = whole ? Math.ceil(wanted) : wanted;
  return step === undefined ? value : Math.ceil(value / step) * step;
};

const textOf = (merged: Merged): string | undefined => {
  const least = bound(merged, 'minLength') ?? 0;
  const most = bound(merged, 'maxLength') ?? 1_000_000;
  if (merged.pattern) return matching(merged.pattern.value, least, most);
  const known = merged.format && formats[merged.format.value];
  if (known !== undefined && known.length >= least && known.length <= most) return known;
  return 'some text here'.slice(0, most).padEnd(least, 'x');
};

const listOf = (api: Pick<Api, 'schemas'>, merged: Merged, extent: Extent, choice: number, depth: number, open: readonly string[]): Json | undefined => {
  const least = bound(merged, 'minItems') ?? 0;
  const wanted = Math.min(Math.max(least, extent === 'most' ? 1 : 0), bound(merged, 'maxItems') ?? least + 1, 50);
  const first = (merged.prefixItems ?? []).map((item) => sample(api, item, extent, choice, depth + 1, open));
  const items = Array.from({ length: Math.max(0, wanted - first.length) }, (_, index) => {
    const item = merged.items ? sample(api, merged.items, extent, choice, depth + 1, open) : 'item';
    return merged.unique && index > 0 ? another(item, index) : item;
  });
  const all = [...first, ...items];
  return all.every((item) => item !== undefined) ? all : undefined;
};

/** Another value of the same kind. */
export const another = (value: Json | undefined, index: number): Json | undefined =>
  typeof value === 'number' ? value + index : typeof value === 'string' ? value.replace(/.$/su, (last) => (index < 26 ? String.fromCharCode(97 + index) : last)) : value;

const objectOf = (api: Pick<Api, 'schemas'>, merged: Merged, extent: Extent, choice: number, depth: number, open: readonly string[]): Json | undefined => {
  const entries: [string, Json][] = [];
  for (const [name, property] of merged.properties) {
    if (extent === 'least' && !merged.required.has(name)) continue;
    const value = sample(api, property, extent, choice, depth + 1, open);
    if (value !== undefined) entries.push([name, value]);
    else if (merged.required.has(name)) return undefined;
  }
  for (const name of merged.required.keys()) if (!merged.properties.has(name)) entries.push([name, 'some text here']);
  const least = bound(merged, 'minProperties') ?? 0;
  for (const [name, property] of merged.properties) {
    if (entries.length >= least) break;
    const value = entries.some(([known]) => known === name) ? undefined : sample(api, property, 'least', choice, depth + 1, open);
    if (value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
};
