import type { Report } from '../diagnostics/collect.js';
import { features } from '../ir/features.js';
import type { Api } from '../ir/index.js';
import { assertNever } from '../base/assert.js';
import type { Emitter } from './emitter.js';
import * as faults from './diagnostics.js';

/** Tells, for each feature that the document asks for, what the chosen targets do about it. Nothing is dropped in silence. */
export const reportSupport = (api: Api, emitters: readonly Emitter[], report: Report): void => {
  for (const { name: target, capabilities } of emitters) {
    if (!capabilities) continue;
    const table = capabilities[api.protocol.kind];
    for (const { id, at } of api.features) {
      const support = table[id];
      const feature = features[id];
      switch (support.how) {
        case 'native': break;
        case 'function': report(faults.inFunction({ target, feature, note: support.note }, at)); break;
        case 'none': report(faults.unsupported({ target, kind: api.protocol.kind, feature, why: support.why, instead: support.instead }, at)); break;
        case 'not-yet': report(faults.notYet({ target, feature, id, note: support.note }, at)); break;
        default: assertNever(support);
      }
    }
  }
};
