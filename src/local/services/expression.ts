import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { checked, type Attribute } from './attribute.js';
import { invalid } from './failure.js';

/** A place in an item: names, and indexes of lists. */
export type Path = readonly [string, ...(string | number)[]];
export type Operand = { readonly kind: 'path'; readonly path: Path } | { readonly kind: 'value'; readonly value: Attribute } | { readonly kind: 'size'; readonly path: Path };
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly inner: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly value: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly value: Operand; readonly list: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: ConditionFunction; readonly path: Path; readonly argument?: Operand };
const conditionFunctions = { attribute_exists: 1, attribute_not_exists: 1, attribute_type: 2, begins_with: 2, contains: 2 } as const;
export type ConditionFunction = keyof typeof conditionFunctions;

/** What `SET` gives a place. */
export type Assigned =
  | { readonly kind: 'operand'; readonly operand: Operand }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: Assigned; readonly right: Assigned }
  | { readonly kind: 'if-absent'; readonly path: Path; readonly otherwise: Assigned }
  | { readonly kind: 'append'; readonly left: Assigned; readonly right: Assigned };
export type Change =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Assigned }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: Attribute };

/** The names and values that an expression stands for, from the request that it came with. */
export interface Substitutions { readonly names: JsonObject; readonly values: JsonObject }
export const substitutionsOf = (input: JsonObject): Substitutions => {
  const map = (name: string): JsonObject => {
    const value = own(input, name) ?? null;
    return isObject(value) ? value : {};
  };
  return { names: map('ExpressionAttributeNames'), values: map('ExpressionAttributeValues') };
};

const token = /\s*(?:(<>|<=|>=|[=<>(),.[\]+-])|([A-Za-z_#:][\w]*|\d+))/y;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) throw invalid(`Invalid expression: Syntax error; token: "${text.slice(at).trim().slice(0, 10)}"`);
    tokens.push((found[1] ?? found[2]) as string);
  }
  return tokens;
};

/** Reads the expressions of one request (DynamoDB developer guide, "Expressions"). */
class Parser {
  #at = 0;
  readonly #tokens: readonly string[];
  constructor(text: string, private readonly substitutions: Substitutions) { this.#tokens = tokensOf(text); }

  get #next(): string { return this.#tokens[this.#at] ?? ''; }
  #is(word: string): boolean { return this.#next.toUpperCase() === word; }
  #take(word: string): boolean {
    if (!this.#is(word)) return false;
    this.#at += 1;
    return true;
  }
  #want(word: string): void { if (!this.#take(word)) throw this.#fault(); }
  #fault(): Error { return invalid(`Invalid expression: Syntax error; token: "${this.#next === '' ? '<EOF>' : this.#next}"`); }
  end<T>(value: T): T {
    if (this.#at < this.#tokens.length) throw this.#fault();
    return value;
  }

  list<T>(read: () => T): readonly T[] {
    const items = [read()];
    while (this.#take(',')) items.push(read());
    return items;
  }

  path(): Path {
    const path: [string, ...(string | number)[]] = [this.#name()];
    for (;;) {
      if (this.#take('.')) path.push(this.#name());
      else if (this.#take('[')) {
        if (!/^\d+$/.test(this.#next)) throw this.#fault();
        path.push(Number(this.#next));
        this.#at += 1;
        this.#want(']');
      } else return path;
    }
  }

  #name(): string {
    const word = this.#next;
    if (!/^[A-Za-z_#]/.test(word)) throw this.#fault();
    this.#at += 1;
    if (!word.startsWith('#')) return word;
    const name = own(this.substitutions.names, word);
    if (typeof name !== 'string') throw invalid(`Invalid expression: An expression attribute name used in the document path is not defined; attribute name: ${word}`);
    return name;
  }

  #value(): Attribute {
    const word = this.#next;
    if (!word.startsWith(':')) throw this.#fault();
    const value: Json | undefined = own(this.substitutions.values, word);
    if (value === undefined) throw invalid(`Invalid expression: An expression attribute value used in expression is not defined; attribute value: ${word}`);
    this.#at += 1;
    return checked(value);
  }

  #calls(name: string): boolean { return this.#next.toLowerCase() === name && this.#tokens[this.#at + 1] === '('; }

  #operand(): Operand {
    if (this.#next.startsWith(':')) return { kind: 'value', value: this.#value() };
    if (!this.#calls('size')) return { kind: 'path', path: this.path() };
    this.#at += 2;
    const path = this.path();
    this.#want(')');
    return { kind: 'size', path };
  }

  condition(): Condition {
    let left = this.#all();
    while (this.#take('OR')) left = { kind: 'or', left, right: this.#all() };
    return left;
  }
  #all(): Condition {
    let left = this.#one();
    while (this.#take('AND')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }
  #one(): Condition {
    if (this.#take('NOT')) return { kind: 'not', inner: this.#one() };
    if (this.#take('(')) {
      const inner = this.condition();
      this.#want(')');
      return inner;
    }
    const name = (Object.keys(conditionFunctions) as ConditionFunction[]).find((each) => this.#calls(each));
    if (name) {
      this.#at += 2;
      const path = this.path();
      if (conditionFunctions[name] === 2) this.#want(',');
      const argument = conditionFunctions[name] === 2 ? this.#operand() : undefined;
      this.#want(')');
      return { kind: 'call', name, path, ...(argument ? { argument } : {}) };
    }
    const value = this.#operand();
    if (this.#take('BETWEEN')) {
      const low = this.#operand();
      this.#want('AND');
      return { kind: 'between', value, low, high: this.#operand() };
    }
    if (this.#take('IN')) {
      this.#want('(');
      const list = this.list(() => this.#operand());
      this.#want(')');
      return { kind: 'in', value, list };
    }
    const comparator = this.#next;
    if (!/^(?:=|<>|<=?|>=?)$/.test(comparator)) throw this.#fault();
    this.#at += 1;
    return { kind: 'compare', comparator: comparator as Comparator, left: value, right: this.#operand() };
  }

  changes(): readonly Change[] {
    const changes: Change[] = [];
    while (this.#next !== '') {
      if (this.#take('SET')) changes.push(...this.list((): Change => {
        const path = this.path();
        this.#want('=');
        return { kind: 'set', path, value: this.#assigned() };
      }));
      else if (this.#take('REMOVE')) changes.push(...this.list((): Change => ({ kind: 'remove', path: this.path() })));
      else if (this.#take('ADD')) changes.push(...this.list((): Change => ({ kind: 'add', path: this.path(), value: this.#value() })));
      else if (this.#take('DELETE')) changes.push(...this.list((): Change => ({ kind: 'delete', path: this.path(), value: this.#value() })));
      else throw this.#fault();
    }
    return changes;
  }

  #assigned(): Assigned {
    const left = this.#term();
    if (this.#take('+')) return { kind: 'sum', sign: 1, left, right: this.#term() };
    return this.#take('-') ? { kind: 'sum', sign: -1, left, right: this.#term() } : left;
  }
  #term(): Assigned {
    if (this.#calls('if_not_exists')) {
      this.#at += 2;
      const path = this.path();
      this.#want(',');
      const otherwise = this.#assigned();
      this.#want(')');
      return { kind: 'if-absent', path, otherwise };
    }
    if (this.#calls('list_append')) {
      this.#at += 2;
      const left = this.#assigned();
      this.#want(',');
      const right = this.#assigned();
      this.#want(')');
      return { kind: 'append', left, right };
    }
    return { kind: 'operand', operand: this.#operand() };
  }
}

const read = <T>(text: string, substitutions: Substitutions, how: (parser: Parser) => T): T => {
  const parser = new Parser(text, substitutions);
  return parser.end(how(parser));
};

export const parseCondition = (text: string, substitutions: Substitutions): Condition => read(text, substitutions, (parser) => parser.condition());
export const parseUpdate = (text: string, substitutions: Substitutions): readonly Change[] => read(text, substitutions, (parser) => parser.changes());
export const parseProjection = (text: string, substitutions: Substitutions): readonly Path[] => read(text, substitutions, (parser) => parser.list(() => parser.path()));
