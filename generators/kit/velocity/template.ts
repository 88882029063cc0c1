import type { Expression, Template } from '../../../src/ir/index.js';
import { comment, jsonLiteral, jsonText, plainText } from './literal.js';
import { decimal, escaped, reach, type Reach, type ReachScope } from './source.js';

/** An expression that a template of this engine cannot reach, and why. */
export interface Gap { readonly expression: Expression; readonly why: string }

/**
 * Prints templates for API Gateway's Velocity. Everything of a request goes through the function of the place it lands
 * in: inside a JSON string through `escapeJavaScript`, as JSON through `$input.json`, into a form through `urlEncode`.
 */
export class VelocityPrinter {
  readonly #reaches = new Map<string, Reach>();
  readonly #lines: string[] = [];
  readonly gaps: Gap[] = [];
  #objects = 0;

  constructor(private readonly scope: ReachScope) {}

  /** Lines that set what the printed parts refer to; they come first in a template, and print nothing but blanks. */
  get preamble(): readonly string[] { return this.#lines; }

  /** A template as JSON text. */
  json(template: Template, indent = ''): string {
    switch (template.kind) {
      case 'literal': return jsonLiteral(template.value);
      case 'value': return this.#optional(template.expression, ({ json }) => json, 'null');
      case 'text': return `"${template.parts.map((part) => (typeof part === 'string' ? jsonText(part).slice(1, -1) : this.#optional(part, ({ text }) => `#if(${text} != "")${escaped(text)}#{end}`, ''))).join('')}"`;
      case 'list': return template.items.length === 0 ? '[]' : `[\n${template.items.map((item) => `${indent}  ${this.json(item, `${indent}  `)}`).join(',\n')}\n${indent}]`;
      case 'object': return this.#object(template.entries, indent);
    }
  }

  /** A template as plain text, for a place whose own function escapes it. */
  text(template: Template): string {
    switch (template.kind) {
      case 'literal': return plainText(typeof template.value === 'string' ? template.value : template.value === null ? '' : JSON.stringify(template.value));
      case 'value': return this.#optional(template.expression, ({ text }) => text, '');
      case 'text': return template.parts.map((part) => (typeof part === 'string' ? plainText(part) : this.#optional(part, ({ text }) => text, ''))).join('');
      default: return this.json(template);
    }
  }

  /** Keys whose values may be absent take their commas with them. */
  #object(entries: readonly (readonly [string, Template])[], indent: string): string {
    if (entries.length === 0) return '{}';
    const inner = `${indent}  `;
    const optional = entries.map(([, item]) => (item.kind === 'value' ? this.reach(item.expression)?.present : undefined));
    if (optional.every((present) => present === undefined)) return `{\n${entries.map(([key, item]) => `${inner}${jsonText(key)}: ${this.json(item, inner)}`).join(',\n')}\n${indent}}`;
    const comma = `$s${++this.#objects}`;
    const lines = entries.map(([key, item], index) => {
      const present = optional[index];
      const value = item.kind === 'value' && present !== undefined ? (this.reach(item.expression)?.json ?? 'null') : this.json(item, inner);
      const entry = `${comma}${jsonText(key)}: ${value}#set(${comma} = ",")`;
      return `${inner}${present === undefined ? entry : `#if(${present})${entry}#end`}`;
    });
    return `{#set(${comma} = "")\n${lines.join('\n')}\n${indent}}`;
  }

  #optional(expression: Expression, print: (reach: Reach) => string, otherwise: string): string {
    const reached = this.reach(expression);
    if (!reached) return otherwise;
    return reached.present === undefined ? print(reached) : `#if(${reached.present})${print(reached)}${otherwise === '' ? '' : `#{else}${otherwise}`}#{end}`;
  }

  /** Puts lines before what is printed, once. */
  prepare(lines: readonly string[]): void {
    if (!lines.every((line) => this.#lines.includes(line))) this.#lines.push(...lines);
  }

  /** Tells that an expression cannot be printed where it stands. */
  gap(expression: Expression, why: string): void {
    if (!this.gaps.some((gap) => gap.expression.text === expression.text)) this.gaps.push({ expression, why });
  }

  /** How an expression is reached; its lines are in the preamble then. */
  reach(expression: Expression): Reach | undefined {
    const known = this.#reaches.get(expression.text);
    if (known) return known;
    const found = reach(expression, this.#reaches.size + 1, this.scope);
    if ('why' in found) {
      this.gap(expression, found.why);
      return undefined;
    }
    this.#reaches.set(expression.text, found);
    if (found.lines.some((line) => line.includes('"$decimal"'))) this.prepare(decimal);
    if (found.lines.length > 0) this.#lines.push(comment(expression.text), ...found.lines);
    return found;
  }
}

/** A template as a comment tells of it: as the author wrote it, or what stands there. */
export const inWords = (template: Template): string => {
  switch (template.kind) {
    case 'literal': return JSON.stringify(template.value);
    case 'value': return template.expression.text;
    case 'text': return template.parts.map((part) => (typeof part === 'string' ? part : `{${part.text}}`)).join('');
    case 'list': return `[${template.items.map(inWords).join(', ')}]`;
    case 'object': return `{ ${template.entries.map(([key, item]) => `${key}: ${inWords(item)}`).join(', ')} }`;
  }
};

/** What plain text of templates refers to. */
export const characters = ["#set($D = '$')", "#set($H = '#')", '#set($B = $util.urlDecode("%5C"))'] as const;
