import { isObject } from '../base/json.js';
import { at, identityOf } from '../base/origin.js';
import { sortBy } from '../base/order.js';
import { nearest } from '../base/text.js';
import type { Cursor } from '../document/cursor.js';
import type { NamedSchema, Schema } from '../ir/index.js';
import { Discriminators } from './discriminator.js';
import { reportEndless } from './endless.js';
import { Claims, fileNameOf, typeNameOf } from './names.js';
import * as faults from './schema-diagnostics.js';
import { keywords, type KeywordContext, type SchemaDraft } from './schema-keywords.js';
import { SchemaNames } from './schema-names.js';

/**
 * Lowers schemas of both dialects to the one of the IR. What a `$ref` leads to becomes a named schema, lowered once
 * and only when something refers to it; recursion goes through names.
 */
export class SchemaLowerer {
  readonly #dialect: '3.0' | '3.1';
  readonly #names: SchemaNames;
  readonly #discriminators: Discriminators;
  readonly #found = new Map<string, Cursor>();
  readonly #done = new Map<string, Schema>();
  readonly #context: KeywordContext;
  readonly #once = new Map<string, unknown>();

  constructor(root: Cursor) {
    this.#dialect = root.document.dialect;
    this.#names = new SchemaNames(root);
    this.#discriminators = new Discriminators(root, (place) => this.name(place));
    this.#context = { dialect: this.#dialect, schema: (place) => this.lower(place), named: (place) => ({ origin: place.origin, ref: this.name(place) }) };
  }

  /** The name of the schema at a place, which from now on is one of the named ones. Key of `Api.schemas`. */
  name(place: Cursor): string {
    const name = this.#names.of(place.origin);
    if (!this.#found.has(name)) this.#found.set(name, place);
    return name;
  }

  /** The schema at a place. What cannot be read is reported and left out: the least that is answered is `{}`. */
  lower(place: Cursor): Schema {
    if (typeof place.value === 'boolean') return place.value ? { origin: place.origin } : { origin: place.origin, not: { origin: place.origin } };
    if (!isObject(place.value)) {
      place.wrong('the schema', this.#dialect === '3.0' ? 'an object' : 'an object, `true` or `false`');
      return { origin: place.origin };
    }
    const draft: SchemaDraft = { origin: place.origin };
    if (place.reference !== undefined) {
      const target = place.target(place.reference);
      if (target) draft.ref = this.name(target);
      if (this.#dialect === '3.0') {
        if (Object.hasOwn(place.value, 'nullable')) this.#ineffective(place, 'nullable', 'beside a `$ref`, OpenAPI 3.0 reads nothing else');
        return draft;
      }
    } else if (Object.hasOwn(place.value, '$ref')) place.get('$ref')?.string('`$ref`');
    this.#readKeywords(place, draft);
    this.#readNullable(place, draft);
    this.#readFormat(draft);
    this.#discriminators.read(place, draft);
    // Of no values none is right: the rest of the schema no longer counts.
    return draft.enum?.length === 0 ? { origin: place.origin, not: { origin: place.origin } } : draft;
  }

  /** What `make` gives for a place, made the first time alone: many refer to one place, and what is one thing is looked into once by whoever comes later. `what` tells apart what is made of the same place. */
  once<Value>(what: string, place: Cursor, make: () => Value): Value {
    const key = `${what} ${identityOf(place.origin)}`;
    // A key is always asked for with the same `make`.
    if (this.#once.has(key)) return this.#once.get(key) as Value;
    const made = make();
    this.#once.set(key, made);
    return made;
  }

  /** All named schemas, also those that only named ones refer to; by name. */
  finish(): ReadonlyMap<string, NamedSchema> {
    for (const [name, place] of this.#found) this.#done.set(name, this.#lowerNamed(place));
    reportEndless(this.#done, this.#found);
    const typeNames = new Claims();
    const fileNames = new Claims();
    return new Map(sortBy(this.#done, ([name]) => name).map(([name, schema]) => [
      name, { name, typeName: typeNames.claim(typeNameOf(name)), fileName: fileNames.claim(fileNameOf(name), '-'), schema },
    ]));
  }

  /** A component that merely refers to a place which carries its name stands for that place. */
  #lowerNamed(place: Cursor): Schema {
    const schema = this.lower(place);
    if (schema.ref === undefined || schema.ref !== this.#names.of(place.origin)) return schema;
    const target = place.follow();
    return target && target.origin.pointer + target.origin.file !== place.origin.pointer + place.origin.file ? this.#lowerNamed(target) : schema;
  }

  #readKeywords(place: Cursor, draft: SchemaDraft): void {
    const value = place.object('the schema') ?? {};
    for (const [keyword, { read, since31, unsupported }] of keywords) {
      if (!Object.hasOwn(value, keyword)) continue;
      if (since31 && this.#dialect === '3.0') this.#ineffective(place, keyword, 'OpenAPI 3.0 schemas do not have it');
      else if (unsupported) place.report(faults.unsupportedKeyword({ keyword }, at(place.origin, keyword)));
      else read(place.get(keyword) as Cursor, draft, this.#context);
    }
    for (const keyword of Object.keys(value)) {
      if (keywords.has(keyword) || keyword.startsWith('x-') || keyword.length < 4) continue;
      const near = nearest(keyword, keywords.keys());
      if (near !== undefined && near.length >= 4) place.report(faults.misspeltKeyword({ keyword, near }, at(place.origin, keyword)));
    }
  }

  /** `nullable` adds null to the type that stands beside it, and to nothing else (OpenAPI 3.0.3). */
  #readNullable(place: Cursor, draft: SchemaDraft): void {
    const nullable = place.get('nullable');
    if (!nullable) return;
    if (this.#dialect === '3.1') return this.#ineffective(place, 'nullable', 'OpenAPI 3.1 does not have it');
    if (nullable.boolean('`nullable`') !== true) return;
    if (!draft.types) {
      // Nothing but `nullable`: generators write it for the alternative `null`.
      if (place.reference === undefined && Object.keys(place.value as object).every((key) => key === 'nullable' || key === 'description')) draft.types = ['null'];
      else if (draft.allOf ?? draft.anyOf ?? draft.oneOf ?? draft.enum) this.#ineffective(place, 'nullable', 'it only counts beside a `type` in the same schema');
      return;
    }
    draft.types = ['null', ...draft.types];
    if (draft.enum && !draft.enum.includes(null)) place.report(faults.nullableEnum({}, nullable.origin));
  }

  /** Base64 text is an encoding in JSON Schema 2020-12, a format in OpenAPI 3.0. */
  #readFormat(draft: SchemaDraft): void {
    const encoding = draft.format === 'byte' || draft.format === 'base64' ? 'base64' : draft.format === 'base64url' ? 'base64url' : undefined;
    if (encoding === undefined) return;
    draft.contentEncoding = encoding;
    delete draft.format;
  }

  #ineffective(place: Cursor, keyword: string, why: string): void {
    const instead = keyword !== 'nullable' ? 'Use OpenAPI 3.1, or take the keyword out.'
      : this.#dialect === '3.1' ? "Write `type: [string, 'null']`, with the type that is meant."
      : 'Write it beside the `type` of the schema that may be null.';
    place.report(faults.ineffectiveKeyword({ keyword, why, instead }, at(place.origin, keyword)));
  }
}
