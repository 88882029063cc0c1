import type { FeatureId } from '../ir/features.js';

/**
 * How a target serves a feature: the gateway enforces it, or does unless somebody told it otherwise, which the target can
 * neither say nor see; the function does in its place, it cannot be had there, or this compiler does not generate it yet.
 */
export type Support =
  | { readonly how: 'native' }
  | { readonly how: 'default'; readonly note: string }
  | { readonly how: 'function'; readonly note: string }
  | { readonly how: 'none'; readonly why: string; readonly instead: string }
  | { readonly how: 'not-yet'; readonly note: string };

/** One table a target: what is not listed is `native`. Both protocols, as they differ. */
export interface Capabilities {
  readonly rest: Readonly<Record<FeatureId, Support>>;
  readonly http: Readonly<Record<FeatureId, Support>>;
}
