import type { Report } from '../diagnostics/collect.js';
import type { Origin } from '../base/origin.js';
import { features, type FeatureId } from '../ir/features.js';
import type { Api } from '../ir/index.js';
import { assertNever } from '../base/assert.js';
import type { Emitter } from './emitter.js';
import * as faults from './diagnostics.js';

/** Second places that one report names; the rest are counted. */
const mostPlaces = 4;

/**
 * Tells, for each feature that the document asks for, what the chosen targets do about it: once a feature, at the first
 * place that asks. Nothing is dropped in silence.
 */
export const reportSupport = (api: Api, emitters: readonly Emitter[], report: Report): void => {
  const places = new Map<FeatureId, Map<string, Origin>>();
  for (const { id, at } of api.features) {
    const known = places.get(id) ?? new Map<string, Origin>();
    const place = `${at.file}#${at.pointer}`;
    if (!known.has(place)) known.set(place, at);
    places.set(id, known);
  }
  for (const { name: target, capabilities } of emitters) {
    if (!capabilities) continue;
    for (const [id, known] of places) {
      const [first = api.origin, ...others] = known.values();
      const support = capabilities[api.protocol.kind][id];
      const feature = features[id];
      const related = others.slice(0, mostPlaces).map((at, index) => ({
        at, message: index === mostPlaces - 1 && others.length > mostPlaces ? `here, and in ${others.length - mostPlaces} more places` : 'here too',
      }));
      switch (support.how) {
        case 'native': break;
        case 'default': report(faults.byDefault({ target, feature, note: support.note }, first, related)); break;
        // What nobody wrote is a default, and no news.
        case 'function': if (first.pointer !== '') report(faults.inFunction({ target, feature, note: support.note }, first)); break;
        case 'none': report(faults.unsupported({ target, kind: api.protocol.kind, feature, why: support.why, instead: support.instead }, first, related)); break;
        case 'not-yet': report(faults.notYet({ target, feature, id, note: support.note }, first, related)); break;
        default: assertNever(support);
      }
    }
  }
};
