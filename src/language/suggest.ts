import { isObject, own, type Json } from '../base/json.js';
import type { Shape } from './shape.js';

/** Something that may be written at a place. */
export interface Suggestion {
  readonly name: string;
  readonly description: string;
  /** A key is followed by a value; a key whose value is an object, a map or a list by lines of its own. */
  readonly kind: 'value' | 'key' | 'block';
}

/** Keys and indexes from the outside in. */
export type Path = readonly (string | number)[];

/** The shapes that hold at a path below a shape. What is written on the way decides between variants. */
export const shapesAt = (shape: Shape, path: Path, written: Json | undefined): readonly Shape[] => {
  const [first, ...rest] = path;
  if (first === undefined) return [shape];
  const below = (inner: Shape | undefined): readonly Shape[] => (inner ? shapesAt(inner, rest, valueAt(written, [first])) : []);
  switch (shape.kind) {
    case 'object': return below(named(shape.fields, String(first)));
    case 'map': return below(shape.values);
    case 'list': return typeof first === 'number' ? below(shape.items) : [];
    case 'either': return shape.of.flatMap((each) => shapesAt(each, path, written));
    case 'tagged': return first === shape.tag ? below(tagOf(shape)) : variantsOf(shape, written).flatMap((each) => shapesAt(each, path, written));
    case 'keyed': return variantsOf(shape, written).flatMap((each) => shapesAt(each, path, written));
    default: return [];
  }
};

/** The keys that a shape has, but for those that are written. */
export const keysOf = (shape: Shape, written: Json | undefined): readonly Suggestion[] =>
  fieldsOf(shape, written).filter(([name]) => !isObject(written) || !Object.hasOwn(written, name)).map(([name, field]) => ({ name, description: described(field), kind: isBlock(field) ? 'block' : 'key' }));

/** The values that a shape allows, or is shown with; none where there is nothing to choose from. */
export const valuesOf = (shape: Shape): readonly Suggestion[] => {
  const { description, default: usual, examples = [] } = shape;
  const offered = (names: readonly Json[]): readonly Suggestion[] => names.filter((name) => typeof name !== 'object' || name === null).map((name) => ({ name: String(name), description, kind: 'value' }));
  switch (shape.kind) {
    case 'choice': return offered(shape.values);
    case 'boolean': return offered([true, false]);
    case 'either': return shape.of.flatMap(valuesOf);
    case 'object': case 'map': case 'list': case 'tagged': case 'keyed': return [];
    default: return offered([...new Set([...(usual === undefined ? [] : [usual]), ...examples])]);
  }
};

const fieldsOf = (shape: Shape, written: Json | undefined): readonly (readonly [string, Shape])[] => {
  switch (shape.kind) {
    case 'object': return Object.entries(shape.fields);
    case 'either': return shape.of.flatMap((each) => fieldsOf(each, written));
    case 'tagged': return [[shape.tag, tagOf(shape)], ...variantsOf(shape, written).flatMap((each) => fieldsOf(each, written))];
    case 'keyed': return chosen(shape, written)
      ? variantsOf(shape, written).flatMap((each) => fieldsOf(each, written))
      : Object.entries(shape.variants).map(([name, variant]) => [name, named(variant.fields, name) ?? variant]);
    default: return [];
  }
};

type Variants = Extract<Shape, { kind: 'tagged' | 'keyed' }>;
const chosen = (shape: Variants, written: Json | undefined): Shape | undefined => {
  if (!isObject(written)) return undefined;
  const key = shape.kind === 'tagged' ? own(written, shape.tag) : Object.keys(shape.variants).find((name) => Object.hasOwn(written, name));
  return typeof key === 'string' ? named(shape.variants, key) : undefined;
};
/** The variant that is chosen; of variants told apart by a key, all of them where none is. */
const variantsOf = (shape: Variants, written: Json | undefined): readonly Shape[] => {
  const one = chosen(shape, written);
  return one ? [one] : shape.kind === 'keyed' ? Object.values(shape.variants) : [];
};
const tagOf = ({ tag, variants, description }: Extract<Shape, { kind: 'tagged' }>): Shape => ({ kind: 'choice', description: `${description} Says which, as \`${tag}\`.`, values: Object.keys(variants) });

const isBlock = (shape: Shape): boolean => ['object', 'map', 'list', 'tagged', 'keyed'].includes(shape.kind);
const described = ({ description, default: usual }: Shape): string => (usual === undefined ? description : `${description} Unless said: \`${JSON.stringify(usual)}\`.`);
const named = (shapes: Readonly<Record<string, Shape>>, name: string): Shape | undefined => (Object.hasOwn(shapes, name) ? shapes[name] : undefined);

/** What is written at a path. */
export const valueAt = (written: Json | undefined, path: Path): Json | undefined => path.reduce<Json | undefined>((value, key) =>
  Array.isArray(value) ? (value as readonly Json[])[Number(key)] : isObject(value) ? own(value, String(key)) : undefined, written);
