import { facets, typesOf } from '../../../src/expressions/walk.js';
import type { Expression, Schema, Template } from '../../../src/ir/index.js';
import { jsonText, singleQuoted } from './literal.js';
import { escaped, numeral, type ReachScope } from './source.js';
import type { VelocityPrinter } from './template.js';

const nothing = '{"NULL": true}';

/** Deeper objects than this are taken for recursive ones, which templates cannot follow. */
const deepest = 8;

/** Prints values as a table has them (`{"S": "…"}`), and what a table answers as plain JSON; in both, objects have what their schemas describe. */
export class AttributePrinter {
  #names = 0;

  constructor(private readonly printer: VelocityPrinter, private readonly schemas: ReachScope['api']['schemas']) {}

  /** What a key is made of: always a text. */
  key(template: Template): string {
    const text: Template = template.kind === 'value' ? { kind: 'text', parts: [template.expression] } : template.kind === 'literal' ? { kind: 'literal', value: typeof template.value === 'string' ? template.value : JSON.stringify(template.value) } : template;
    return `{"S": ${this.printer.json(text)}}`;
  }

  /** Any value. What is absent is null. */
  value(template: Template): string {
    const present = this.presence(template);
    return present === undefined ? this.#present(template) : `#if(${present})${this.#present(template)}#{else}${nothing}#end`;
  }

  /** A condition that holds when there is a value; absent: there always is. */
  presence(template: Template): string | undefined { return template.kind === 'value' ? this.printer.reach(template.expression)?.present : undefined; }

  /** A value that is there. */
  #present(template: Template): string {
    switch (template.kind) {
      case 'literal': return literal(template.value);
      case 'value': return this.#expression(template.expression);
      case 'text': return `{"S": ${this.printer.json(template)}}`;
      case 'list': return `{"L": [${template.items.map((item) => this.value(item)).join(', ')}]}`;
      case 'object': return `{"M": ${this.members(template.entries.map(([name, item]) => [name, item]))}}`;
    }
  }

  /** The attributes of an object; those without a value are left out. */
  members(entries: readonly (readonly [string, Template, 'key'?])[]): string {
    const comma = this.#name('c');
    return object(comma, entries.map(([name, item, key]) => this.#entry(comma, name, key ? this.key(item) : this.#present(item), key ? undefined : this.presence(item))));
  }

  #entry(comma: string, name: string, value: string, present: string | undefined): string {
    const entry = `${comma}${jsonText(name)}: ${value}#set(${comma} = ",")`;
    return present === undefined ? entry : `#if(${present})${entry}#end`;
  }

  #expression(expression: Expression): string {
    const reached = this.printer.reach(expression);
    if (!reached) return nothing;
    if (reached.value !== undefined) return this.#typed(expression, reached.value, expression.schema, 0);
    const types = expression.schema ? typesOf(expression.schema, this.schemas).filter((type) => type !== 'null') : [];
    const { text } = reached;
    if (types.includes('integer') || types.includes('number')) return `#set($a = "${text}")#if($a.matches(${numeral})){"N": "$a"}#{else}${nothing}#end`;
    return types.includes('boolean') ? `#if("${text}" == "true" || "${text}" == "false"){"BOOL": ${text}}#{else}${nothing}#end` : `{"S": ${reached.json}}`;
  }

  /** A value of the engine's own, by what its schema says it is. */
  #typed(expression: Expression, reference: string, schema: Schema | undefined, depth: number): string {
    const all = schema ? facets(schema, this.schemas) : [];
    const types = schema ? typesOf(schema, this.schemas) : [];
    const items = all.flatMap((facet) => facet.items ?? [])[0];
    const properties = new Map(all.flatMap((facet) => [...(facet.properties ?? [])]));
    if (types.includes('array') && items && depth < deepest) {
      const item = this.#name('e');
      return `{"L": [#foreach(${item} in ${reference})${this.#typed(expression, item, items, depth + 1)}#if($foreach.hasNext), #end#end]}`;
    }
    if (types.includes('object') && properties.size > 0 && depth < deepest) {
      const comma = this.#name('c');
      return `{"M": ${object(comma, [...properties].map(([name, property]) => this.#member(expression, comma, reference, name, (inner) => this.#typed(expression, inner, property, depth + 1))))}}`;
    }
    if (types.length === 0 || types.includes('array') || types.includes('object')) this.printer.gap(expression, types.length === 0 ? 'its schema does not say what it is, which a table must know' : 'its schema does not describe what is in it, all the way down');
    this.printer.prepare(typed);
    return `#set($l = ${reference}.length())#set($a = ${reference})$typed`;
  }

  #member(expression: Expression, comma: string, reference: string, name: string, print: (inner: string) => string): string {
    const key = singleQuoted(name);
    if (key === undefined) {
      this.printer.gap(expression, 'the name of an attribute has a quote');
      return '';
    }
    return this.#entry(comma, name, print(`${reference}.get(${key})`), `${reference}.containsKey(${key}) == true`);
  }

  /** An item that a table answers, or another map of attributes, as the object that a schema describes. */
  plainItem(expression: Expression, reference: string, schema: Schema | undefined, depth = 0): string {
    const properties = new Map((schema ? facets(schema, this.schemas) : []).flatMap((facet) => [...(facet.properties ?? [])]));
    if (properties.size === 0 || depth >= deepest) this.printer.gap(expression, 'the declared answer does not describe what an item has, all the way down');
    const comma = this.#name('c');
    return object(comma, [...properties].map(([name, property]) => this.#member(expression, comma, reference, name, (inner) => this.#plain(expression, inner, property, depth + 1))));
  }

  /** Items of a list, each as a schema describes it. */
  plainItems(expression: Expression, reference: string, schema: Schema | undefined): string {
    const item = this.#name('e');
    return `[#foreach(${item} in ${reference})${this.plainItem(expression, item, schema)}#if($foreach.hasNext), #end#end]`;
  }

  #plain(expression: Expression, reference: string, schema: Schema, depth: number): string {
    const all = facets(schema, this.schemas);
    const types = typesOf(schema, this.schemas);
    const items = all.flatMap((facet) => facet.items ?? [])[0];
    if (types.includes('array') && items && depth < deepest) {
      const item = this.#name('e');
      return `[#foreach(${item} in ${reference}.get('L'))${this.#plain(expression, item, items, depth + 1)}#if($foreach.hasNext), #end#end]`;
    }
    if (types.includes('object')) return this.plainItem(expression, `${reference}.get('M')`, schema, depth);
    if (types.length === 0 || types.includes('array')) this.printer.gap(expression, 'the declared answer does not say what a value in it is');
    this.printer.prepare(plain);
    return `#set($a = ${reference})$plain`;
  }

  #name(letter: string): string { return `$${letter}t${++this.#names}`; }
}

/** Members one to a line; each takes the comma before it along. */
const object = (comma: string, members: readonly string[]): string =>
  `{#set(${comma} = "")\n${members.join('\n').replace(/^/gm, '  ')}\n}`;

/** Prints `$a` as a table has it. Only texts have a length, in `$l`; a variable that is set to null is an empty text. */
const typed = [
  '## what a table has for a text, nothing, a truth value and a number',
  `#define($typed)#if($l >= 0){"S": "#if($a != "")${escaped('$a')}#end"}#elseif($a == "")${nothing}#elseif("$a" == "true" || "$a" == "false"){"BOOL": $a}#{else}{"N": "$util.escapeJavaScript("$a")"}#end#end`,
] as const;

/** Prints what a table has in `$a` as JSON. */
const plain = [
  '## what a table has, as JSON',
  `#define($plain)#if($a.containsKey('S'))#set($s = $a.get('S'))"#if($s != "")${escaped('$s')}#end"#elseif($a.containsKey('N'))$a.get('N')#elseif($a.containsKey('BOOL'))$a.get('BOOL')#{else}null#end#end`,
] as const;

const literal = (value: unknown): string => {
  if (value === null) return nothing;
  if (typeof value === 'string') return `{"S": ${jsonText(value)}}`;
  if (typeof value === 'number') return `{"N": "${value}"}`;
  if (typeof value === 'boolean') return `{"BOOL": ${value}}`;
  return Array.isArray(value) ? `{"L": [${value.map(literal).join(', ')}]}` : `{"M": {${Object.entries(value as object).map(([name, item]) => `${jsonText(name)}: ${literal(item)}`).join(', ')}}}`;
};
