import { rangeOf } from './read.js';
import type { ObjectShape, Shape } from './shape.js';

/** One line of the reference: a key by its full name, what may stand there, what holds otherwise, what it means. */
interface Row { readonly key: string; readonly value: string; readonly otherwise: string; readonly meaning: string }

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const valueOf = (shape: Shape): string => {
  switch (shape.kind) {
    case 'choice':
      return shape.values.map(code).join(', ');
    case 'number':
      return rangeOf(shape);
    case 'boolean':
      return '`true`, `false`';
    case 'template':
      return 'any value with expressions';
    case 'text':
      return shape.wanted ?? 'a text';
    case 'list':
      return `a list of: ${valueOf(shape.items)}`;
    case 'map':
      return `names → ${valueOf(shape.values)}`;
    case 'object':
    case 'tagged':
    case 'keyed':
      return 'an object';
    case 'either':
      return shape.of.map(valueOf).join(' or ');
    default:
      return `a ${shape.kind}`;
  }
};

const rowOf = (key: string, shape: Shape): Row => ({
  key,
  value: valueOf(shape),
  otherwise: shape.default === undefined ? '' : code(typeof shape.default === 'string' ? shape.default : JSON.stringify(shape.default)),
  meaning: `${shape.description}${shape.examples?.[0] === undefined ? '' : ` For example ${code(JSON.stringify(shape.examples[0]))}.`}`,
});

/** The rows of everything below a shape. `omit` are keys that another table of the page has. */
const rowsBelow = (prefix: string, shape: Shape, omit: ReadonlySet<string>): readonly Row[] => {
  const join = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`);
  const fields = (object: ObjectShape, but: ReadonlySet<string>): readonly Row[] =>
    Object.entries(object.fields).flatMap(([key, child]) => (but.has(key) ? [rowOf(join(key), child)] : [rowOf(join(key), child), ...rowsBelow(join(key), child, omit)]));
  switch (shape.kind) {
    case 'object':
      return fields(shape, omit);
    case 'map':
      return rowsBelow(join('NAME'), shape.values, omit);
    case 'list':
      return rowsBelow(prefix, shape.items, omit);
    case 'either':
      return shape.of.flatMap((each) => rowsBelow(prefix, each, omit));
    case 'tagged':
      return Object.entries(shape.variants).flatMap(([name, variant]) => [
        { key: join(shape.tag), value: code(name), otherwise: '', meaning: variant.description },
        ...fields(variant, omit),
      ]);
    case 'keyed':
      return Object.values(shape.variants).flatMap((variant) => fields(variant, omit));
    default:
      return [];
  }
};

const table = (rows: readonly Row[]): string => [
  '| key | value | default | meaning |',
  '| --- | --- | --- | --- |',
  ...rows.map(({ key, value, otherwise, meaning }) => `| ${code(key)} | ${value} | ${otherwise} | ${meaning} |`),
].join('\n');

/** A chapter of the reference: a heading, the shape's own description, and a table of all that may stand below. */
export const chapter = (heading: string, shape: Shape, omit: readonly string[] = []): string =>
  `## ${heading}\n\n${shape.description}\n\n${table(rowsBelow('', shape, new Set(omit)))}\n`;
