import { isObject } from '../base/json.js';
import { identityOf } from '../base/origin.js';
import { compare } from '../base/order.js';
import type { Cursor } from '../document/cursor.js';
import type { Schema } from '../ir/index.js';
import * as faults from './schema-diagnostics.js';
import type { SchemaDraft } from './schema-keywords.js';
import { nameInReference } from './schema-names.js';

/** Makes every value that a discriminator's property can have explicit, whether it was mapped, implied by a name, or follows from `allOf`. */
export class Discriminators {
  readonly #root: Cursor;
  readonly #name: (place: Cursor) => string;
  readonly #children = new Map<string, Map<string, Cursor[]>>();

  constructor(root: Cursor, name: (place: Cursor) => string) {
    this.#root = root;
    this.#name = name;
  }

  /** Reads the `discriminator` of the schema at a place; its `oneOf` and `anyOf` are in the draft already. */
  read(place: Cursor, draft: SchemaDraft): void {
    const written = place.get('discriminator');
    if (!written?.object('the discriminator')) return;
    written.only('the discriminator', ['propertyName', 'mapping']);
    const property = written.get('propertyName')?.string('`propertyName`');
    if (property === undefined) {
      if (!written.get('propertyName')) written.missing('the discriminator', 'propertyName');
      return;
    }
    const alternatives = draft.oneOf ?? draft.anyOf;
    const mapping = alternatives
      ? this.#ofAlternatives(place, written, alternatives)
      : this.#ofHierarchy(place, written);
    if (mapping && mapping.size > 0) draft.discriminator = { property, mapping: new Map([...mapping].sort(([a], [b]) => compare(a, b))) };
  }

  #ofAlternatives(place: Cursor, written: Cursor, alternatives: readonly Schema[]): Map<string, string> | undefined {
    const keyword = isObject(place.value) && Object.hasOwn(place.value, 'oneOf') ? 'oneOf' : 'anyOf';
    const members = place.get(keyword)?.items(`\`${keyword}\``) ?? [];
    if (alternatives.some((schema) => schema.ref === undefined)) {
      written.report(faults.discriminatorInline({}, written.origin));
      return undefined;
    }
    const names = new Set(alternatives.map((schema) => schema.ref));
    const mapping = this.#explicit(written);
    for (const [value, { name, at }] of mapping) {
      if (!names.has(name)) at.report(faults.discriminatorTarget({ value, target: name }, at.origin));
    }
    const result = new Map([...mapping].map(([value, { name }]) => [value, name]));
    const mapped = new Set(result.values());
    for (const [index, { ref }] of alternatives.entries()) {
      const reference = members[index]?.reference;
      if (ref !== undefined && reference !== undefined && !mapped.has(ref)) result.set(nameInReference(reference), ref);
    }
    return result;
  }

  /** The parent of a hierarchy has no list of alternatives: its children are whoever refers to it in `allOf`. */
  #ofHierarchy(place: Cursor, written: Cursor): Map<string, string> {
    const result = new Map([...this.#explicit(written)].map(([value, { name }]) => [value, name]));
    const mapped = new Set(result.values());
    for (const child of this.#descendants(place)) {
      const name = this.#name(child);
      if (!mapped.has(name)) result.set(nameInReference(`#${child.origin.pointer}`), name);
    }
    return result;
  }

  #explicit(written: Cursor): Map<string, { name: string; at: Cursor }> {
    const result = new Map<string, { name: string; at: Cursor }>();
    for (const [value, at] of written.get('mapping')?.entries('`mapping`') ?? []) {
      const reference = at.string(`the schema for \`${value}\``);
      if (reference === undefined) continue;
      const component = /^[A-Za-z0-9._-]+$/.test(reference) ? this.#root.with(() => undefined).at('components')?.at('schemas')?.get(reference) : undefined;
      const target = component?.with(at.report) ?? at.target(reference);
      if (target) result.set(value, { name: this.#name(target), at });
    }
    return result;
  }

  #descendants(parent: Cursor): Cursor[] {
    const children = this.#index(parent);
    const found = new Map<string, Cursor>();
    const visit = (place: Cursor): void => {
      for (const child of children.get(identityOf(place.origin)) ?? []) {
        const identity = identityOf(child.origin);
        if (found.has(identity) || identity === identityOf(parent.origin)) continue;
        found.set(identity, child);
        visit(child);
      }
    };
    visit(parent);
    return [...found.values()];
  }

  /** For each schema that a component of the file, or of the root document, names in `allOf`: those components. */
  #index(parent: Cursor): Map<string, Cursor[]> {
    const { file } = parent.origin;
    const known = this.#children.get(file);
    if (known) return known;
    const children = new Map<string, Cursor[]>();
    const quiet = this.#root.with(() => undefined);
    const places = file === this.#root.origin.file ? [quiet] : [quiet, parent.whole().with(quiet.report)];
    for (const place of places) {
      const schemas = place.at('components')?.at('schemas');
      for (const [, child] of schemas && isObject(schemas.value) ? schemas.entries('components.schemas') : []) {
        const parts = child.get('allOf');
        for (const part of parts && Array.isArray(parts.value) ? parts.items('`allOf`') : []) {
          const parent = part.reference === undefined ? undefined : part.target(part.reference);
          if (!parent) continue;
          const identity = identityOf(parent.origin);
          children.set(identity, [...(children.get(identity) ?? []), child.with(this.#root.report)]);
        }
      }
    }
    this.#children.set(file, children);
    return children;
  }
}
