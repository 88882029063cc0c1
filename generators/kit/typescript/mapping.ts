import type { Expression, Template } from '../../../src/ir/index.js';
import { ident, indented, join, ts, type Code } from './code.js';
import { lit } from './literal.js';

/** How a printed mapping reaches the functions that the runtime has for it. */
export type Helper = (name: 'at' | 'fields' | 'items' | 'otherwise' | 'text') => Code;

const places = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** Prints templates as expressions over the parts of a request, which `used` collects: `at(body, 'customer', 'id')`. */
export class MappingPrinter {
  readonly #used = new Set<string>();

  constructor(private readonly helper: Helper) {}

  /** Names of the parts that the printed expressions refer to, in order. */
  get used(): readonly string[] { return [...this.#used].sort(); }

  print(template: Template): Code {
    switch (template.kind) {
      case 'literal': return lit(template.value);
      case 'value': return this.#value(template.expression);
      case 'text': return ts`${this.helper('text')}(${join(template.parts.map((part) => (typeof part === 'string' ? lit(part) : this.#value(part))), ', ')})`;
      case 'list': return ts`${this.helper('items')}(${join(template.items.map((item) => this.print(item)), ', ')})`;
      case 'object': return template.entries.length === 0 ? ts`{}`
        : ts`${this.helper('fields')}(\n${indented(template.entries.map(([name, item]) => ts`[${lit(name)}, ${this.print(item)}],`))}\n)`;
    }
  }

  #value({ source, schema }: Expression): Code {
    const fallback = source.kind === 'parameter' ? schema?.default : undefined;
    const read = this.#read(source);
    return fallback ? ts`${this.helper('otherwise')}(${read}, ${lit(fallback[0])})` : read;
  }

  #read(source: Expression['source']): Code {
    switch (source.kind) {
      case 'body': return source.of === 'request' ? this.#at(this.#part('body'), source.pointer) : this.#at(ts`${this.#part('response')}?.body`, source.pointer);
      case 'parameter': return this.#at(this.#part(places[source.in]), [source.in === 'header' ? source.name.toLowerCase() : source.name]);
      case 'response-header': return this.#at(ts`${this.#part('response')}?.headers`, [source.name.toLowerCase()]);
      case 'method': case 'url': return this.#part(source.kind);
      case 'status': return ts`${this.#part('response')}?.status`;
      case 'context': return this.#at(this.#part('context'), [source.name]);
      case 'auth': return this.#at(this.#part('auth'), source.path);
      case 'stage': return this.#at(this.#part('stage'), [source.name]);
    }
  }

  #part(name: string): Code {
    this.#used.add(name);
    return ident(name);
  }

  #at(value: Code, tokens: readonly string[]): Code {
    return tokens.length === 0 ? value : ts`${this.helper('at')}(${join([value, ...tokens.map((token) => lit(token))], ', ')})`;
  }
}
