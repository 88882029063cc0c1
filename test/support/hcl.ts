/**
 * Reads Terraform configuration as the printer lays it out, into plain data. What Terraform evaluates stands as
 * `‹code›`, inside text too; `jsonencode(…)` is the value that it encodes.
 */
export interface HclBlock { readonly type: string; readonly labels: readonly string[]; readonly body: HclData }
export interface HclData { readonly [name: string]: unknown }

export const hclOf = (source: string): readonly HclBlock[] => new Reader(source).blocks();

class Reader {
  private at = 0;
  constructor(private readonly source: string) {}

  blocks(): HclBlock[] {
    const found: HclBlock[] = [];
    for (this.blank(); this.at < this.source.length; this.blank()) found.push(this.block(this.name()));
    return found;
  }

  private block(type: string): HclBlock {
    const labels: string[] = [];
    for (this.space(); this.source[this.at] === '"'; this.space()) labels.push(this.text());
    return { type, labels, body: this.body() };
  }

  /** Arguments, and nested blocks as lists by their type. */
  private body(): HclData {
    this.take('{');
    const body: Record<string, unknown> = {};
    for (this.blank(); this.source[this.at] !== '}'; this.blank()) {
      const name = this.name();
      this.space();
      if (this.source[this.at] === '=') {
        this.take('=');
        body[name] = this.value();
      } else {
        const { labels, body: inner } = this.block(name);
        body[name] = [...(body[name] as unknown[] | undefined ?? []), labels.length > 0 ? { labels, ...inner } : inner];
      }
    }
    this.take('}');
    return body;
  }

  private value(): unknown {
    this.blank();
    const start = this.at;
    const rest = this.source.slice(start);
    const value = this.simple(rest);
    // A literal may turn out to be the beginning of an expression.
    if (value !== undefined && /^[ \t]*(?:[\n,\])}]|$)/.test(this.source.slice(this.at))) return value;
    this.at = start;
    return `‹${this.code()}›`;
  }

  private simple(rest: string): unknown {
    if (rest.startsWith('jsonencode(')) {
      this.at += 'jsonencode('.length;
      const value = this.value();
      this.blank();
      this.take(')');
      return value;
    }
    if (rest.startsWith('"')) return this.text();
    if (/^\{ for |^\[for /.test(rest)) return undefined;
    if (rest.startsWith('[')) return this.list();
    if (rest.startsWith('{')) return this.body();
    const literal = /^(?:null|true|false|-?[0-9.]+(?:e[+-]?[0-9]+)?)(?![\w.])/.exec(rest)?.[0];
    if (literal === undefined) return undefined;
    this.at += literal.length;
    return JSON.parse(literal) as unknown;
  }

  private list(): unknown[] {
    this.take('[');
    const items: unknown[] = [];
    for (this.blank(); this.source[this.at] !== ']'; this.blank()) items.push(this.value());
    this.take(']');
    return items;
  }

  /** To the end of the value, brackets and texts whole. */
  private code(): string {
    const start = this.at;
    for (let depth = 0; this.at < this.source.length;) {
      const character = this.source[this.at] as string;
      if (depth === 0 && /[\n,\])}]/.test(character)) break;
      if (character === '"') {
        this.text();
        continue;
      }
      depth += /[[({]/.test(character) ? 1 : /[\])}]/.test(character) ? -1 : 0;
      this.at++;
    }
    return this.source.slice(start, this.at).trim();
  }

  private text(): string {
    this.take('"');
    let text = '';
    while (this.source[this.at] !== '"') {
      const [escape, unicode, doubled] = /^(?:\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|.)|\$\$\{|%%\{)/.exec(this.source.slice(this.at, this.at + 10)) ?? [];
      if (escape === undefined && this.source.startsWith('${', this.at)) {
        this.at += 2;
        text += `‹${this.code()}›`;
        this.take('}');
        continue;
      }
      if (escape === undefined) text += this.source[this.at];
      else if (escape.startsWith('\\')) text += unicode ?? doubled ? String.fromCodePoint(parseInt(unicode ?? doubled ?? '', 16)) : ({ n: '\n', r: '\r', t: '\t' })[escape[1] ?? ''] ?? escape[1];
      else text += escape.slice(1);
      this.at += escape?.length ?? 1;
    }
    this.take('"');
    return text;
  }

  private name(): string {
    if (this.source[this.at] === '"') return this.text();
    const name = /^[\w-]+/.exec(this.source.slice(this.at, this.at + 200))?.[0];
    if (name === undefined) throw new Error(`No name at ${JSON.stringify(this.source.slice(this.at, this.at + 40))}`);
    this.at += name.length;
    return name;
  }

  private take(character: string): void {
    this.space();
    if (this.source[this.at] !== character) throw new Error(`No ${character} at ${JSON.stringify(this.source.slice(this.at, this.at + 40))}`);
    this.at++;
  }

  private space(): void {
    while (this.source[this.at] === ' ') this.at++;
  }

  /** Space, ends of lines and items, and comments. */
  private blank(): void {
    const pattern = /(?:[\s,]|#[^\n]*)*/y;
    pattern.lastIndex = this.at;
    pattern.exec(this.source);
    this.at = pattern.lastIndex;
  }
}
