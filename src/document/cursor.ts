import { isObject, typeName, type Json, type JsonObject } from '../base/json.js';
import { at, pointerTokens, type Origin } from '../base/origin.js';
import { compare } from '../base/order.js';
import { nearest } from '../base/text.js';
import type { Report } from '../diagnostics/collect.js';
import * as faults from './diagnostics.js';
import type { Document } from './document.js';

/**
 * A place in a document, with the value that stands there. Every reader of documents goes by cursors: what is
 * missing or of the wrong type is reported where it stands, and the reader goes on with `undefined`.
 */
export class Cursor {
  /** Put together when it is asked for: of most places nobody asks. */
  #origin: Origin | undefined;

  private constructor(
    readonly document: Document,
    readonly report: Report,
    /** The file, for the whole of it. */
    private readonly from: Cursor | string,
    private readonly key: string | number,
    readonly value: Json,
  ) {}

  static root(document: Document, report: Report): Cursor { return Cursor.#whole(document, report, document.root); }

  static #whole(document: Document, report: Report, file: string): Cursor { return new Cursor(document, report, file, '', document.files.get(file)?.value ?? null); }

  get origin(): Origin { return (this.#origin ??= typeof this.from === 'string' ? { file: this.from, pointer: '' } : at(this.from.origin, this.key)); }

  /** The same place read with another listener: a probe passes one that discards. */
  with(report: Report): Cursor { return new Cursor(this.document, report, this.from, this.key, this.value); }

  /** The whole file that this place stands in. */
  whole(): Cursor {
    let { from } = this;
    while (typeof from !== 'string') ({ from } = from);
    return Cursor.#whole(this.document, this.report, from);
  }

  /** The child at an own key or index; `undefined` where there is none. Never follows a reference. */
  get(key: string | number): Cursor | undefined {
    if (Array.isArray(this.value) ? typeof key !== 'number' || key >= this.value.length : !isObject(this.value) || !Object.hasOwn(this.value, key)) return undefined;
    return new Cursor(this.document, this.report, this, key, (this.value as Record<string | number, Json>)[key] as Json);
  }

  /** As `get`, then `follow`. */
  at(key: string | number): Cursor | undefined { return this.get(key)?.follow(); }

  get reference(): string | undefined {
    const reference = isObject(this.value) && Object.hasOwn(this.value, '$ref') ? this.value['$ref'] : undefined;
    return typeof reference === 'string' ? reference : undefined;
  }

  /** This place, or what its `$ref` (and that one's, and so on) leads to. Reports, and answers nothing, where it leads nowhere. */
  follow(): Cursor | undefined { return this.#follow(new Set()); }

  /** The whole of another file, named relative to this one. Where it is not to be had, reports what was written, `text`, at its place. */
  file(path: string, text: string, where: Origin): Cursor | undefined {
    const found = this.document.resolve(this.origin.file, path);
    if ('refused' in found) {
      if (found.cause) this.report(found.cause);
      this.report(refusal(text, found.refused, found.target, where));
      return undefined;
    }
    if (this.document.files.has(found.file)) return Cursor.#whole(this.document, this.report, found.file);
    this.report(faults.unresolvedReference({ reference: text, why: 'the file was not read' }, where));
    return undefined;
  }

  /** What one reference, written here, points at. */
  target(reference: string): Cursor | undefined { return this.#target(reference, new Set()); }

  /** `passed`: the places whose references are being followed, also those that stand on the way to a target. */
  #follow(passed: Set<string>): Cursor | undefined {
    let place: Cursor = this;
    for (let reference = place.reference; reference !== undefined; reference = place.reference) {
      const identity = `${place.origin.file}#${place.origin.pointer}`;
      if (passed.has(identity)) {
        this.report(faults.circularReference({ reference: this.reference ?? reference }, at(this.origin, '$ref')));
        return undefined;
      }
      if (passed.size >= longestChain) {
        this.report(faults.unresolvedReference({ reference, why: `more than ${longestChain} references follow one another` }, at(this.origin, '$ref')));
        return undefined;
      }
      passed.add(identity);
      const next = place.#target(reference, passed);
      if (!next) return undefined;
      place = next;
    }
    return place;
  }

  #target(reference: string, passed: ReadonlySet<string>): Cursor | undefined {
    const [path = '', fragment = ''] = splitReference(reference);
    const whole = path === '' ? this.whole() : this.file(path, reference, at(this.origin, '$ref'));
    if (!whole) return undefined;
    if (fragment !== '' && !fragment.startsWith('/')) {
      this.report(faults.unresolvedReference({ reference, why: 'only JSON Pointers (`#/…`) are understood behind the `#`' }, at(this.origin, '$ref')));
      return undefined;
    }
    let place = whole;
    for (const token of pointerTokens(decodeFragment(fragment))) {
      const hop = place.reference === undefined ? place : place.#follow(new Set(passed));
      const next = hop?.get(Array.isArray(hop.value) && /^(0|[1-9]\d*)$/.test(token) ? Number(token) : token);
      if (!next) {
        const near = hop && isObject(hop.value) ? nearest(token, Object.keys(hop.value)) : undefined;
        this.report(faults.unresolvedReference({ reference, why: `there is no \`${token}\` there${near === undefined ? '' : `; did you mean \`${near}\`?`}` }, at(this.origin, '$ref')));
        return undefined;
      }
      place = next;
    }
    return place;
  }

  /** The value as an object, or a report. `what` names it in the message: "the responses". */
  object(what: string): JsonObject | undefined {
    return isObject(this.value) ? this.value : this.wrong(what, 'an object');
  }

  /** The children of an object, in code-unit order of their keys. */
  entries(what: string): (readonly [string, Cursor])[] {
    const object = this.object(what);
    return object ? Object.keys(object).sort(compare).map((key) => [key, this.get(key) as Cursor] as const) : [];
  }

  /** The items of a list, in order. */
  items(what: string): Cursor[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.wrong(what, 'a list') ?? [];
    return value.map((_, index) => this.get(index) as Cursor);
  }

  /** A text; also one that a `$ref` to a text file holds. */
  string(what: string): string | undefined {
    const place = this.reference === undefined ? this : this.follow();
    if (!place) return undefined;
    return typeof place.value === 'string' ? place.value : this.wrong(what, 'a string');
  }
  number(what: string): number | undefined { return typeof this.value === 'number' ? this.value : this.wrong(what, 'a number'); }
  boolean(what: string): boolean | undefined { return typeof this.value === 'boolean' ? this.value : this.wrong(what, '`true` or `false`'); }

  /** A text that only describes: what is not one is left out with a warning. */
  prose(what: string): string | undefined {
    const place = this.reference === undefined ? this : this.follow();
    if (!place || typeof place.value === 'string') return place?.value as string | undefined;
    this.report(faults.ignoredValue({ what, wanted: 'a string', found: typeName(place.value) }, this.origin));
    return undefined;
  }

  wrong(what: string, wanted: string): undefined {
    this.report(faults.wrongType({ what, wanted, found: typeName(this.value) }, this.origin));
    return undefined;
  }

  /** Reports a field of this object that is missing. */
  missing(object: string, field: string): undefined {
    this.report(faults.missingField({ object, field }, this.origin));
    return undefined;
  }

  /** Reports each field that is not among the known ones and no extension. */
  only(object: string, known: readonly string[]): void {
    if (!isObject(this.value)) return;
    for (const field of Object.keys(this.value)) {
      if (known.includes(field) || field.startsWith('x-')) continue;
      this.report(faults.unknownField({ object, field, near: nearest(field, known) }, at(this.origin, field)));
    }
  }
}

/** References that may follow one another; no author writes as many, and each costs a look at all before it. */
const longestChain = 50;

const splitReference = (reference: string): [string, string] => {
  const hash = reference.indexOf('#');
  return hash < 0 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)];
};

const decodeFragment = (fragment: string): string => {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
};

const refusal = (reference: string, why: string, target: string, where: Origin) => {
  switch (why) {
    case 'outside-root':
      return faults.refusedReference({ reference, why: 'lies outside the folder of the document', flag: '--allow-root <folder>' }, where);
    case 'remote':
      return faults.refusedReference({ reference, why: 'lies on another machine, and nothing is fetched', flag: `--allow-host ${hostOf(target)}` }, where);
    default:
      return faults.unresolvedReference({ reference, why: reasons[why] ?? `the file cannot be read (${why})` }, where);
  }
};

const reasons: Readonly<Record<string, string>> = {
  missing: 'there is no such file',
  unreadable: 'the file cannot be read',
  'too-large': 'the file is too large',
  invalid: 'the file is neither YAML nor JSON',
  'too-many': 'too many files are involved',
};

const hostOf = (target: string): string => {
  try {
    return new URL(target).host;
  } catch {
    return '<host>';
  }
};
