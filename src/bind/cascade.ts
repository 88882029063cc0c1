import { compare } from '../base/order.js';
import { nearest } from '../base/text.js';
import type { Report } from '../diagnostics/collect.js';
import type { Bound, BoundMap, Level } from '../language/bound.js';
import { unknownProfile } from './diagnostics.js';

/** The later layer on top of the earlier one: maps by key, everything else (and one variant by another) replaced whole. */
export const merge = (under: BoundMap, over: BoundMap): BoundMap => {
  const entries = new Map<string, Bound>(under.entries);
  for (const [key, value] of over.entries) {
    const before = entries.get(key);
    entries.set(key, before?.kind === 'map' && value.kind === 'map' && value.whole !== true ? merge(before, value) : value);
  }
  return {
    kind: 'map',
    // The place of a block that several layers made is where the last of them wrote.
    origin: over.origin,
    level: over.level,
    entries: new Map([...entries].sort(([a], [b]) => compare(a, b))),
    ...(over.whole === true ? { whole: true } : {}),
  };
};

/** One layer of an operation's cascade, its profile expanded underneath its own keys. */
export const expand = (layer: BoundMap, profiles: ReadonlyMap<string, Bound>, report: Report): readonly BoundMap[] => {
  const name = layer.entries.get('profile');
  if (name?.kind !== 'leaf' || typeof name.value !== 'string') return [layer];
  const found = profiles.get(name.value);
  if (found?.kind === 'map') return [relevel(found, `profile \`${name.value}\``), layer];
  if (found === undefined) report(unknownProfile({ name: name.value, near: nearest(name.value, profiles.keys()) }, name.origin));
  return [layer];
};

/** The same values, said to come from another layer. */
export const relevel = (map: BoundMap, level: Level): BoundMap => ({
  ...map,
  level,
  entries: new Map([...map.entries].map(([key, value]) => [key, value.kind === 'map' ? relevel(value, level) : { ...value, level }])),
});
