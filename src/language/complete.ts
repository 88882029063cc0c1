import type { Report } from '../diagnostics/collect.js';
import type { Bound } from './bound.js';
import * as faults from './diagnostics.js';
import type { Shape } from './shape.js';

/** Reports the keys that a block needs and that no layer of the cascade has brought. */
export const complete = (bound: Bound, shape: Shape, what: string, report: Report): void => {
  if (bound.kind === 'leaf') return;
  switch (shape.kind) {
    case 'map':
      for (const [key, child] of bound.entries) complete(child, shape.values, `\`${key}\``, report);
      return;
    case 'tagged': {
      const tag = bound.entries.get(shape.tag);
      const variant = tag?.kind === 'leaf' && typeof tag.value === 'string' && Object.hasOwn(shape.variants, tag.value) ? shape.variants[tag.value] : undefined;
      if (variant) complete(bound, variant, what, report);
      return;
    }
    case 'keyed': {
      const key = Object.keys(shape.variants).find((name) => bound.entries.has(name));
      const variant = key === undefined ? undefined : shape.variants[key];
      if (variant) complete(bound, variant, what, report);
      return;
    }
    case 'either': {
      const form = shape.of.find((each) => each.kind !== 'text' && each.kind !== 'choice');
      if (form) complete(bound, form, what, report);
      return;
    }
    case 'object':
      for (const key of shape.required ?? []) {
        const value = bound.entries.get(key);
        if (value === undefined || (value.kind === 'leaf' && value.value === null && value.faulty !== true)) report(faults.missingKey({ where: what, key }, bound.origin));
      }
      for (const [key, child] of bound.entries) {
        const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
        if (field) complete(child, field, `\`${key}\``, report);
      }
      return;
    default:
  }
};
