import { isObject, own, type Json } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';
import type { Diagnostic } from '../diagnostics/define.js';
import * as faults from './diagnostics.js';
import type { Caps } from './options.js';

interface Visit { readonly value: Json; readonly key: string | number; readonly parent: Visit | undefined; readonly depth: number }

/** What a file refers to outside of itself (without fragments). */
export interface References { readonly references: ReadonlySet<string> }

/** The same, or why a file is not read any further. */
export type Measured = References | Diagnostic;

/**
 * Walks a parsed file without recursion, so that no nesting overflows a stack later: YAML aliases count each time they
 * are used, and an alias within itself is found.
 */
export const measure = (value: Json, file: string, caps: Caps): Measured => {
  const references = new Set<string>();
  const pending: Visit[] = [{ value, key: '', parent: undefined, depth: 0 }];
  let nodes = 0;
  const look = (value: Json, key: string | number, parent: Visit): void => {
    // Nothing can be wrong with a text, and most values are texts: that they count is enough.
    if (typeof value === 'string') nodes++;
    else pending.push({ value, key, parent, depth: parent.depth + 1 });
  };
  let written = 0;
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    const { value: here, depth } = visit;
    if (++nodes > caps.nodes) return tooMany(caps, file);
    if (typeof here === 'number' && !Number.isFinite(here)) return faults.notJson({ what: `\`${here}\`` }, originOf(visit, file));
    if (typeof here !== 'object' || here === null) continue;
    if (depth > caps.depth) {
      const circle = circleAround(visit);
      return circle
        ? faults.notJson({ what: 'an alias within what it names' }, originOf(circle, file))
        : faults.tooLarge({ what: 'levels of nesting', limit: faults.limitText(caps.depth) }, originOf(visit, file));
    }
    if (isObject(here)) {
      const reference = Object.hasOwn(here, '$ref') ? here['$ref'] : undefined;
      if (typeof reference === 'string') {
        if (++written > caps.references) return faults.tooLarge({ what: 'references', limit: faults.limitText(caps.references) }, { file, pointer: '' });
        const [path = ''] = reference.split('#', 1);
        if (path !== '') references.add(path);
      }
      // A workflow names the file of its definition, which is read like what a reference names.
      const definition = own(here, 'kind') === 'workflow' ? own(here, 'definition') : undefined;
      if (typeof definition === 'string' && definition !== '') references.add(definition);
      for (const key of Object.keys(here)) look(here[key] as Json, key, visit);
    } else (here as readonly Json[]).forEach((item, index) => look(item, index, visit));
  }
  return nodes > caps.nodes ? tooMany(caps, file) : { references };
};

const tooMany = (caps: Caps, file: string): Diagnostic => faults.tooLarge({ what: 'values (with YAML aliases written out)', limit: faults.limitText(caps.nodes) }, { file, pointer: '' });

/** The place around this one whose value stands in itself once more: an alias within what it names. */
const circleAround = (visit: Visit): Visit | undefined => {
  const inner = new Set<Json>();
  for (let place: Visit | undefined = visit; place; place = place.parent) {
    if (inner.has(place.value)) return place;
    inner.add(place.value);
  }
  return undefined;
};

const originOf = (visit: Visit, file: string): Origin => {
  const keys: (string | number)[] = [];
  for (let place = visit; place.parent; place = place.parent) keys.unshift(place.key);
  return at({ file, pointer: '' }, ...keys);
};
