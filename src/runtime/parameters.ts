import type { ParameterContract, Shape, Style } from './contract.js';
import { assemble, assembleDeep, convert, part, type Converted, type Decode, type Reading } from './convert.js';
import type { HeaderFields } from './message.js';
import { decode } from './platform.js';

type Pairs = readonly (readonly [name: string, value: string])[];

/** Where the parameters of one request are read. */
export interface Places {
  /** Path variables, encoded. */
  readonly path: ReadonlyMap<string, string>;
  readonly query: Pairs;
  readonly headers: HeaderFields;
  readonly cookies: Pairs;
}

const asIs: Decode = (text) => text;
/** Between the items of a header. */
const comma = /[ \t]*,[ \t]*/;
/** In a query a plus sign is a blank. */
export const decodeQuery: Decode = (text) => decode(text.replaceAll('+', ' '));

const parts = (text: string, separator: string | RegExp): string[] => (text === '' ? [] : text.split(separator));

const entry = (text: string): readonly [string, string] => {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
};

const alternate = (list: readonly string[]): (readonly [string, string])[] =>
  Array.from({ length: Math.ceil(list.length / 2) }, (_, index) => [list[2 * index] ?? '', list[2 * index + 1] ?? ''] as const);

/** Parts behind one another; with `explode` an object writes `name=value`. */
const delimited = (text: string, separator: string | RegExp, explode: boolean): Reading => {
  const list = () => parts(text, separator);
  return { scalar: () => text, list, entries: () => (explode ? list().map(entry) : alternate(list())), several: list().length > 1 };
};

/** `;color=blue;color=black`, `;color=R,100`, `;R=100;G=200`. */
const matrix = (text: string, name: string, explode: boolean): Reading => {
  const pieces = parts(text.replace(/^;/, ''), ';').map(entry);
  const own = pieces.filter(([key]) => key === name).map(([, value]) => value);
  const list = () => (explode ? own : parts(own[0] ?? '', ','));
  return { scalar: () => own[0] ?? text, list, entries: () => (explode ? pieces : alternate(list())), several: list().length > 1 };
};

const separators: Partial<Record<Style, string | RegExp>> = { form: ',', spaceDelimited: /%20|\+| /, pipeDelimited: /%7C|\|/i };

const objectOf = (shape: Shape): Extract<Shape, { object: unknown }> | undefined =>
  typeof shape === 'string' ? undefined : 'object' in shape ? shape : 'union' in shape ? shape.union.map(objectOf).find((found) => found !== undefined) : undefined;

/** Values under the parameter's name; for an object that is spread out, those under the names of its properties. */
const form = (parameter: Pick<ParameterContract, 'name' | 'style' | 'explode' | 'shape'>, pairs: Pairs, taken: ReadonlySet<string>, read: Decode): Reading | undefined => {
  const own = pairs.filter(([name]) => read(name) === parameter.name).map(([, value]) => value);
  const object = parameter.explode ? objectOf(parameter.shape) : undefined;
  const spread = object === undefined ? [] : pairs.filter(([encoded]) => {
    const name = read(encoded) ?? '';
    return object.object.some(([key]) => key === name) || (object.rest !== undefined && !taken.has(name));
  });
  if (own.length === 0 && spread.length === 0) return undefined;
  const [text = ''] = own;
  // An explicit separator still counts where a value is repeated, and a lone empty value is an empty list.
  const list = () => (parameter.explode || own.length > 1 ? (own.length === 1 && text === '' ? [] : own) : parts(text, separators[parameter.style] ?? ','));
  return { scalar: () => own.at(-1) ?? '', list, entries: () => (object ? spread : alternate(list())), several: own.length === 0 || list().length > 1 };
};

const deep = (name: string, pairs: Pairs, read: Decode): { path: string[]; text: string }[] | undefined => {
  const values: { path: string[]; text: string }[] = [];
  for (const [encoded, value] of pairs) {
    const key = read(encoded);
    const text = read(value);
    if (key === undefined || text === undefined || !key.startsWith(`${name}[`) || !/^(\[[^[\]]*\])+$/.test(key.slice(name.length))) continue;
    const path = [...key.slice(name.length).matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step);
    if (path.length <= 5) values.push({ path, text });
  }
  return values.length > 0 ? values : undefined;
};

const document = (text: string | undefined, kind: 'json' | 'text'): Converted | undefined => {
  if (text === undefined) return { fault: { keyword: 'malformed', pointer: '', message: 'has a broken percent-encoding' } };
  if (kind === 'text') return { value: text };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: { keyword: 'malformed', pointer: '', message: 'is not valid JSON' } };
  }
};

/** Decodes what stands under a name in pairs: a query, cookies, or the fields of a form. */
export const decodeField = (parameter: Pick<ParameterContract, 'name' | 'style' | 'explode' | 'shape'>, pairs: Pairs, taken: ReadonlySet<string>, read: Decode): Converted | undefined => {
  if (parameter.style === 'deepObject') {
    const values = deep(parameter.name, pairs, read);
    return values && assembleDeep(values, parameter.shape);
  }
  const reading = form(parameter, pairs, taken, read);
  return reading && assemble(reading, parameter.shape, read);
};

const pairsOf = (places: Places, place: 'query' | 'cookie'): readonly [Pairs, Decode] => (place === 'query' ? [places.query, decodeQuery] : [places.cookies, decode]);

/** The value of a parameter in a request: what it is, why it cannot be read, or nothing where it is absent. `taken`: the names of all query parameters. */
export const decodeParameter = (parameter: ParameterContract, places: Places, taken: ReadonlySet<string>): Converted | undefined => {
  const { name, style, explode, shape } = parameter;
  if (parameter.in === 'path' || parameter.in === 'header') {
    const found = parameter.in === 'path' ? places.path.get(name) : joined(places.headers, name);
    if (found === undefined) return undefined;
    const read = parameter.in === 'path' ? decode : asIs;
    if (parameter.content) return document(read(found), parameter.content);
    if (style === 'simple' && typeof shape === 'string') return part(found, shape, read);
    const reading = style === 'matrix' ? matrix(found, name, explode)
      : style === 'label' ? delimited(found.replace(/^\./, ''), explode ? '.' : ',', explode)
      : delimited(found, parameter.in === 'path' ? ',' : comma, explode);
    return assemble(reading, shape, read);
  }
  const [pairs, read] = pairsOf(places, parameter.in);
  if (parameter.content) {
    const found = pairs.find(([key]) => read(key) === name);
    return found && document(read(found[1]), parameter.content);
  }
  if (parameter.allowEmpty && pairs.some(([key, value]) => read(key) === name && value === '') && 'fault' in convert('', shape)) return undefined;
  return decodeField(parameter, pairs, taken, read);
};

const joined = (headers: HeaderFields, name: string): string | undefined => {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'object' ? value.map((one) => one.trim()).join(', ') : value?.trim();
};
