import { at } from '../base/origin.js';
import { routeOf } from '../lint/rule.js';
import { Changes, type Change } from './changes.js';
import { compareFunctions, compareGateway } from './gateway.js';
import { compareIntegration } from './integrations.js';
import { compareOperation, matchOperations } from './operations.js';
import { comparePolicy } from './policies.js';
import { compareRequest } from './requests.js';
import { compareResponses } from './responses.js';
import { SchemaDiffer } from './schema/differ.js';
import { compareSchemes } from './schemes.js';
import { compareSecurity, schemeNames } from './security.js';
import { compareResources, compareStages } from './surroundings.js';
import type { Both, Version } from './version.js';

/**
 * Every change between two versions of an API and of its policy. How a document is written is no change: order, files,
 * names of components, the dialect. `today` (`2026-01-31`) tells a sunset that has passed from one that has not.
 */
export const diffApis = (was: Version, now: Version, { today }: { readonly today: string }): readonly Change[] => {
  const versions: Both<Version> = { was, now };
  const changes = new Changes();
  const differ = new SchemaDiffer(was.api, now.api);
  const names = schemeNames(versions);
  const pairs = matchOperations(versions, today, changes);
  for (const pair of pairs) {
    const tell = changes.of(routeOf(pair.now));
    compareOperation(versions, pair, tell);
    compareRequest(differ, pair, tell);
    compareResponses(differ, pair, tell);
    compareSecurity(pair, names, tell);
    comparePolicy(versions, pair, tell);
    compareIntegration(versions, pair, tell);
  }
  const tell = changes.of();
  compareSchemes(versions, names, tell);
  compareGateway(differ, versions, tell);
  compareStages(versions, tell);
  compareResources(versions, tell);
  compareFunctions(versions, pairs, changes);
  if (changes.all.some(({ level }) => level === 'error') && !isRaised(was.api.version, now.api.version)) {
    tell('api-version-kept', `Callers are not told that something breaks: the version is \`${now.api.version}\`, and was \`${was.api.version}\``, { was: at(was.api.origin, 'info', 'version'), now: at(now.api.origin, 'info', 'version') });
  }
  return changes.all;
};

/** Whether a version tells of a break: a higher first number; before 1.0 a higher second one. Versions of another form need only differ. */
const isRaised = (was: string, now: string): boolean => {
  const [before, after] = [was, now].map((text) => /^v?(\d+)\.(\d+)(?:\.\d+)?\b/.exec(text)?.slice(1).map(Number));
  if (!before || !after) return was !== now;
  const [[major = 0, minor = 0], [nextMajor = 0, nextMinor = 0]] = [before, after];
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
};
