import { pointerTokens, type Origin } from '../../base/origin.js';
import type { Api, Direction, Schema } from '../../ir/index.js';
import type { Tell } from '../changes.js';
import { compareOwn, type Fact, type Pair } from './compare.js';
import { factsOf, type Conjunction, type Facts } from './facts.js';
import { compareConditions, compareForms, compareItems, compareProperties, type Child, type Inside } from './inside.js';

/** Where schemas are compared: how they travel, and what the outermost of them is called. */
export interface Root {
  readonly direction: Direction;
  /** `The body`, `Query parameter \`limit\``. */
  readonly label: string;
  /** Places to point at where one of the versions has no schema. */
  readonly was: Origin;
  readonly now: Origin;
  /** It is the text of a parameter. */
  readonly text?: boolean;
}

type Compared = Inside;

/**
 * Compares schemas of two versions. Each pair of schemas is judged once for a direction, whoever refers to it; what a root
 * reaches is told of that root. Recursion ends since there are only so many pairs.
 */
export class SchemaDiffer {
  readonly #was: Api;
  readonly #now: Api;
  readonly #ids = new Map<Schema, number>();
  readonly #facts = new Map<string, Facts>();
  readonly #done = new Map<string, Compared>();
  readonly #open = new Set<string>();

  constructor(was: Api, now: Api) {
    this.#was = was;
    this.#now = now;
  }

  /** Tells of all that changed of a schema and of what it reaches. */
  compare(was: Conjunction, now: Conjunction, root: Root, tell: Tell): void {
    for (const fact of this.#reached({ was, now }, root)) {
      const subject = subjectOf(fact.subject) || root.label;
      tell(fact.rule, `${subject} ${fact.says}`, { was: fact.was, now: fact.now });
    }
  }

  * #reached(first: Child, root: Root): Generator<Fact & { readonly subject: Origin }> {
    const seen = new Set<string>();
    const open: { readonly child: Child; readonly text: boolean }[] = [{ child: first, text: root.text === true }];
    for (let next = open.shift(); next; next = open.shift()) {
      const key = this.#key(next.child, root.direction, next.text);
      if (seen.has(key)) continue;
      seen.add(key);
      const { facts, children } = this.#compared(next.child, key, root, next.text);
      const subject = next.child.now[0]?.origin ?? next.child.was[0]?.origin ?? root.now;
      for (const fact of facts) yield { ...fact, subject: this.#target(next.child.now[0], this.#now) ?? subject };
      open.push(...children.map((child) => ({ child, text: false })));
    }
  }

  /** The place of the schema that a bare reference leads to: its name is what people know. */
  #target(schema: Schema | undefined, api: Api): Origin | undefined {
    return schema?.ref === undefined ? undefined : api.schemas.get(schema.ref)?.schema.origin;
  }

  #compared(child: Child, key: string, root: Root, text: boolean): Compared {
    const known = this.#done.get(key);
    if (known) return known;
    // Whatever depends on itself is the same unless something else differs.
    if (this.#open.has(key)) return { facts: [], children: [] };
    this.#open.add(key);
    const pair: Pair = { was: this.#factsOf(child.was, this.#was, root.was, 'was'), now: this.#factsOf(child.now, this.#now, root.now, 'now'), direction: root.direction, text };
    const result = this.#judge(child, pair, root);
    this.#open.delete(key);
    // Where one version says nothing, the place is that of whoever asks.
    if (child.was.length > 0 && child.now.length > 0) this.#done.set(key, result);
    return result;
  }

  #judge(child: Child, pair: Pair, root: Root): Compared {
    const same = (was: Conjunction, now: Conjunction): boolean => this.#reached({ was, now }, root).next().done === true;
    const forms = compareForms(pair, child, same);
    if (forms.whole) return forms;
    const own = compareOwn(pair);
    if (own.other) return { facts: own.facts, children: [] };
    const conditions = compareConditions(pair, same);
    const properties = compareProperties({ was: this.#was, now: this.#now }, pair);
    return {
      facts: [...own.facts, ...properties.facts, ...conditions.facts, ...forms.facts],
      children: [...properties.children, ...compareItems(pair), ...conditions.children, ...forms.children],
    };
  }

  #factsOf(conjunction: Conjunction, api: Api, nobody: Origin, side: 'was' | 'now'): Facts {
    if (conjunction.length === 0) return factsOf(api, conjunction, nobody);
    const key = `${side} ${this.#id(conjunction)}`;
    const facts = this.#facts.get(key) ?? factsOf(api, conjunction, nobody);
    this.#facts.set(key, facts);
    return facts;
  }

  #key({ was, now }: Child, direction: Direction, text: boolean): string {
    return `${this.#id(was)}|${this.#id(now)}|${direction}${text ? '|text' : ''}`;
  }

  #id(conjunction: Conjunction): string {
    return conjunction.map((schema) => {
      const id = this.#ids.get(schema) ?? this.#ids.size;
      this.#ids.set(schema, id);
      return id;
    }).join(',');
  }
}

const steps: Readonly<Record<string, string>> = { items: '[]', additionalProperties: '.*', prefixItems: '[]' };

/** `Order.lines[].price`, from where a schema stands; empty at the root of a parameter, a header or a body. */
const subjectOf = ({ pointer }: Origin): string => {
  const tokens = pointerTokens(pointer);
  const anchor = Math.max(tokens.lastIndexOf('schemas'), tokens.lastIndexOf('schema'));
  const own = tokens.slice(anchor + 1);
  let text = '';
  for (let index = 0; index < own.length; index++) {
    const token = own[index] ?? '';
    if (token === 'properties' && index + 1 < own.length) text += `${text === '' ? '' : '.'}${own[++index] ?? ''}`;
    else if (token in steps) text += steps[token] ?? '';
    else if (index === 0 && tokens[anchor] === 'schemas') text = token;
  }
  return text === '' ? '' : `\`${text}\``;
};
