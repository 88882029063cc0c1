import { define } from '../../src/base/json.js';

/**
 * HCL from plain data, laid out as `terraform fmt` does. Text is quoted and escaped, so that `${` and `%{` of a document
 * stay text; expressions are made only by `hcl`, whose literal parts are code of ours.
 */
export type HclValue = null | boolean | number | string | Expression | HclText | HclCall | readonly HclValue[] | { readonly [key: string]: HclValue };

/** Code on one line: a reference, a condition. */
export class Expression { constructor(readonly code: string) {} }

/** Text with expressions in it. */
export class HclText {
  /** No two texts in a row. */
  readonly parts: readonly (string | Expression)[];

  constructor(parts: readonly (string | Expression)[]) {
    const merged: (string | Expression)[] = [];
    for (const part of parts) {
      const last = merged.at(-1);
      if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
      else if (part !== '') merged.push(part);
    }
    this.parts = merged;
  }
}

/** A call whose last argument may take several lines. */
export class HclCall {
  readonly args: readonly HclValue[];
  constructor(readonly name: string, ...args: readonly HclValue[]) { this.args = args; }
}

/** An identifier of our own making, to be put into an expression as it is. */
export class Label { constructor(readonly name: string) {} }

/** `hcl\`aws_lambda_alias.live[${key}].arn\``: text is quoted; labels, numbers and expressions stand as they are. */
export const hcl = (literals: TemplateStringsArray, ...values: readonly (string | number | Expression | HclText | Label)[]): Expression =>
  new Expression(literals.map((literal, index) => literal + (index < values.length ? inExpression(values[index] as string) : '')).join(''));

const inExpression = (value: string | number | Expression | HclText | Label): string => {
  if (value instanceof Label) return value.name;
  return typeof value === 'string' ? quoted([value]) : oneLine(value, true) as string;
};

/** `text\`${hcl\`local.name\`}-orders\``: what is text stays text. */
export const text = (literals: TemplateStringsArray, ...values: readonly (string | Expression)[]): HclText =>
  new HclText(literals.flatMap((literal, index) => [literal, ...values.slice(index, index + 1)]));

export const call = (name: string, ...args: readonly HclValue[]): HclCall => new HclCall(name, ...args);

/** Arguments and nested blocks, in the order of the keys; a list of blocks repeats the block. `undefined` leaves one out. */
export interface HclBody { readonly [name: string]: HclValue | Nested | readonly Nested[] | Noted | undefined }

/** A block within a block. */
export class Nested { constructor(readonly body: HclBody, readonly labels: readonly string[] = []) {} }
export const nested = (body: HclBody, ...labels: readonly string[]): Nested => new Nested(body, labels);

/** A value with a comment on the lines above. */
export class Noted { constructor(readonly comment: string, readonly value: HclValue | Nested) {} }
export const noted = (comment: string, value: HclValue | Nested): Noted => new Noted(comment, value);

/** A block at the top of a file. Labels are quoted. */
export interface Block { readonly type: string; readonly labels: readonly string[]; readonly body: HclBody; readonly comment?: string }
export const block = (type: string, labels: readonly string[], body: HclBody, comment?: string): Block => ({ type, labels, body, ...(comment === undefined ? {} : { comment }) });

/** A file of blocks, or of arguments alone (`.tfvars`). */
export const printHcl = (header: readonly string[], content: readonly Block[] | HclBody): string => {
  const parts = isBlocks(content)
    ? content.map(({ type, labels, body, comment }) => `${comments(comment, '')}${blockText(type, labels, body, '')}`)
    : [bodyLines(content, '').join('\n')];
  return `${[...header.map(commentLine), '', parts.join('\n\n')].join('\n').trimEnd()}\n`;
};

const isBlocks = (content: readonly Block[] | HclBody): content is readonly Block[] => Array.isArray(content);

const commentLine = (comment: string): string => `# ${comment.replace(/[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f]+/g, ' ')}`.trimEnd();
const comments = (comment: string | undefined, indent: string): string => (comment === undefined ? '' : comment.split('\n').map((line) => `${indent}${commentLine(line)}\n`).join(''));

const blockText = (type: string, labels: readonly string[], body: HclBody, indent: string): string => {
  const lines = bodyLines(body, `${indent}  `);
  const head = `${indent}${[type, ...labels.map((label) => quoted([label]))].join(' ')} {`;
  return lines.length === 0 ? `${head}}` : `${head}\n${lines.join('\n')}\n${indent}}`;
};

/** Meta-arguments that a blank line sets off from what follows, and from what precedes. */
const leading = new Set(['for_each', 'count']);
const trailing = new Set(['depends_on', 'lifecycle']);

const bodyLines = (body: HclBody, indent: string): string[] => {
  const lines: string[] = [];
  let run: [string, HclValue][] = [];
  const flush = (): void => {
    lines.push(...argumentLines(run, indent, keyword));
    run = [];
  };
  const gap = (): void => {
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  };
  let separate = false;
  for (const [name, entry] of Object.entries(body)) {
    if (entry === undefined) continue;
    const value = entry instanceof Noted ? entry.value : entry;
    const blocks = value instanceof Nested ? [value] : Array.isArray(value) && value[0] instanceof Nested ? value as readonly Nested[] : undefined;
    if (blocks || separate || trailing.has(name)) {
      flush();
      gap();
    }
    if (entry instanceof Noted) {
      flush();
      lines.push(comments(entry.comment, indent).trimEnd());
    }
    separate = blocks !== undefined || leading.has(name);
    if (blocks) lines.push(blocks.map(({ labels, body: inner }) => blockText(name, labels, inner, indent)).join('\n\n'));
    else run.push([name, value as HclValue]);
  }
  flush();
  return lines;
};

const keyword = (name: string): string => name;
/** Not what begins a `for` expression, nor a literal. */
const objectKey = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !/^(?:for|null|true|false)$/.test(name) ? name : quoted([name]));

/** `name = value`, aligned as long as lines follow each other that hold a whole value. */
const argumentLines = (entries: readonly (readonly [string, HclValue])[], indent: string, nameOf: (name: string) => string): string[] => {
  const printed = entries.map(([name, value]) => ({ name: nameOf(name), value: print(value, indent) }));
  const lines: string[] = [];
  for (let start = 0; start < printed.length;) {
    let end = start;
    while (end < printed.length && !printed[end]?.value.includes('\n')) end++;
    const run = printed.slice(start, Math.max(end, start + 1));
    const width = Math.max(...run.map(({ name }) => name.length));
    for (const { name, value } of run) lines.push(`${indent}${run.length > 1 ? name.padEnd(width) : name} = ${value}`);
    start += run.length;
  }
  return lines;
};

/** Lines are kept shorter than this where a value can be broken. */
const lineWidth = 110;

const print = (value: HclValue, indent: string): string => {
  const flat = oneLine(value);
  if (flat !== undefined && indent.length + flat.length <= lineWidth) return flat;
  const inner = `${indent}  `;
  if (value instanceof HclCall) {
    const last = value.args.at(-1) as HclValue;
    return `${value.name}(${[...value.args.slice(0, -1).map((arg) => oneLine(arg, true)), print(last, indent)].join(', ')})`;
  }
  if (isList(value)) return `[\n${value.map((item) => `${inner}${print(item, inner)},\n`).join('')}${indent}]`;
  if (isMap(value)) return `{\n${argumentLines(Object.entries(value), inner, objectKey).join('\n')}\n${indent}}`;
  return oneLine(value, true) as string;
};

const isList = (value: HclValue): value is readonly HclValue[] => Array.isArray(value);
const isMap = (value: HclValue): value is { readonly [key: string]: HclValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Expression) && !(value instanceof HclText) && !(value instanceof HclCall);

/** A value without a line break; nothing for objects that deserve lines of their own. */
const oneLine = (value: HclValue, forced = false): string | undefined => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'string') return quoted([value]);
  if (value instanceof Expression) return value.code;
  if (value instanceof HclText) return value.parts.length === 1 && value.parts[0] instanceof Expression ? value.parts[0].code : quoted(value.parts);
  const whole = (items: readonly (string | undefined)[]): items is readonly string[] => items.every((item) => item !== undefined);
  if (value instanceof HclCall) {
    const args = value.args.map((arg) => oneLine(arg, forced));
    return whole(args) ? `${value.name}(${args.join(', ')})` : undefined;
  }
  if (isList(value)) {
    const items = value.map((item) => oneLine(item, forced));
    return whole(items) && (forced || value.length < 2 || !value.some(isMap)) ? `[${items.join(', ')}]` : undefined;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const items = entries.map(([key, item]) => {
    const printed = oneLine(item, forced);
    return printed === undefined ? undefined : `${objectKey(key)} = ${printed}`;
  });
  return whole(items) && (forced || (items.length <= 4 && items.join('').length <= 72)) ? `{ ${items.join(', ')} }` : undefined;
};

/** Negative zero is no different, and what is no number of JSON's is null. */
const numeral = (value: number): string => (Number.isFinite(value) ? String(Object.is(value, -0) ? 0 : value) : 'null');

/**
 * A quoted template. `$` and `%` before a brace are written twice, or as an escape where the one before would be taken
 * for part of the pair; likewise at the end of a part that an expression follows.
 */
const quoted = (parts: readonly (string | Expression)[]): string =>
  `"${parts.map((part, index) => {
    if (part instanceof Expression) return `\${${part.code}}`;
    const followed = parts[index + 1] instanceof Expression;
    return part.replace(/\p{Cs}/gu, '\ufffd')
      .replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')
      .replace(/(\$+|%+)(?=\{)/g, (run: string) => (run.length === 1 ? run + run : escapes(run)))
      .replace(/[$%]+$/, (run: string) => (followed ? escapes(run) : run))
      .replace(/[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f]/gu, escapes);
  }).join('')}"`;

const escapes = (characters: string): string => Array.from(characters, (character) => {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}).join('');

/** An object from entries whose keys are foreign text. */
export const hclMap = (entries: Iterable<readonly [string, HclValue]>): { readonly [key: string]: HclValue } => {
  const object: Record<string, HclValue> = {};
  for (const [key, value] of entries) define(object, key, value);
  return object;
};
