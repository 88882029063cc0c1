import { list } from '../base/text.js';
import type { Resource, Stage, TableIndex } from '../ir/index.js';
import type { Places, Tell } from './changes.js';
import { compareThrottle } from './policies.js';
import { alike, code, without } from './values.js';
import { gatewayPlace, type Both, type Version } from './version.js';

/** Where the API is deployed. */
export const compareStages = (versions: Both<Version>, tell: Tell): void => {
  const [was, now] = [versions.was.api.stages, versions.now.api.stages];
  const place = (...keys: readonly string[]): Places => ({ was: gatewayPlace(versions.was, 'stages', ...keys), now: gatewayPlace(versions.now, 'stages', ...keys) });
  for (const before of was.values()) {
    const after = now.get(before.name);
    if (after) compareStage({ was: before, now: after }, place, tell);
    else tell('stage-removed', `The stage ${code(before.name)} is gone`, { was: before.origin, now: place().now });
  }
  for (const after of now.values()) if (!was.has(after.name)) tell('stage-added', `There is a stage ${code(after.name)}`, { was: place().was, now: after.origin });
};

const compareStage = ({ was, now }: Both<Stage>, place: (...keys: readonly string[]) => Places, tell: Tell): void => {
  const stage = `The stage ${code(now.name)}`;
  const address = ({ domain = 'its own address', basePath = '/' }: Stage): string => code(`${domain}${basePath}`);
  if (address(was) !== address(now)) tell('stage-address-changed', `${stage} stands at ${address(now)}, and did at ${address(was)}`, place(now.name, was.domain === now.domain ? 'basePath' : 'domain'));
  const names = [...new Set([...was.variables.keys(), ...now.variables.keys()])].filter((name) => was.variables.get(name) !== now.variables.get(name));
  if (names.length > 0) tell('stage-variable-changed', `${stage} has another ${list(names.map(code))}`, place(now.name, 'variables', names[0] ?? ''));
  if (was.waf !== now.waf) tell('stage-firewall-changed', `${stage} has ${now.waf ? 'a' : 'no'} web application firewall`, place(now.name, 'waf'));
  if (was.cacheSize !== now.cacheSize) tell('stage-cache-changed', `${stage} has ${now.cacheSize === undefined ? 'no cache' : `a cache of ${now.cacheSize} GB`}`, place(now.name, 'cacheSize'));
  compareThrottle(stage, { was: was.throttle, now: now.throttle }, place(now.name, 'throttle'), tell);
};

/** What stands behind the gateway: a change may leave what is in it, or make a new one in its place. */
export const compareResources = (versions: Both<Version>, tell: Tell): void => {
  const [was, now] = [versions.was.api.resources, versions.now.api.resources];
  const place = (...keys: readonly string[]): Places => ({ was: gatewayPlace(versions.was, 'resources', ...keys), now: gatewayPlace(versions.now, 'resources', ...keys) });
  for (const before of was.values()) {
    const after = now.get(before.name);
    if (after) compareResource({ was: before, now: after }, place, tell);
    else if (before.existing === undefined && before.kind !== 'http') tell('resource-removed', `The ${before.kind} ${code(before.name)} is gone, with what is in it`, { was: before.origin, now: place().now });
    else tell('resource-changed', `The ${before.kind} ${code(before.name)} stands behind the gateway no more`, { was: before.origin, now: place().now });
  }
  for (const after of now.values()) if (!was.has(after.name)) tell('resource-added', `There is a ${after.kind} ${code(after.name)}`, { was: place().was, now: after.origin });
};

const compareResource = ({ was, now }: Both<Resource>, place: (...keys: readonly string[]) => Places, tell: Tell): void => {
  const subject = `The ${now.kind} ${code(now.name)}`;
  const why = replacedBy({ was, now });
  if (why) tell('resource-replaced', `${subject} is made anew, since ${why.reason}; what is in the old one stays behind`, place(now.name, why.key));
  else if (!alike(settingsOf(was), settingsOf(now))) tell('resource-changed', `${subject} has other settings`, place(now.name));
  if (was.kind === 'table' && now.kind === 'table') {
    for (const index of missing(was.indexes, now.indexes)) tell('resource-index-removed', `${subject} has no index ${code(index.name)} of this key any more`, place(now.name, 'indexes', index.name));
    for (const index of missing(now.indexes, was.indexes)) tell('resource-index-added', `${subject} has the index ${code(index.name)}`, place(now.name, 'indexes', index.name));
  }
};

const missing = (from: readonly TableIndex[], other: readonly TableIndex[]): readonly TableIndex[] => {
  const gone = without(from.map((index) => JSON.stringify(index)), other.map((index) => JSON.stringify(index)));
  return from.filter((index) => gone.includes(JSON.stringify(index)));
};

/** The keys of a table, the order of a queue and the type of a workflow can't be changed of one that is there. */
const replacedBy = ({ was, now }: Both<Resource>): { readonly reason: string; readonly key: string } | undefined => {
  if (was.kind !== now.kind) return { reason: `it was a ${was.kind}`, key: 'kind' };
  if (was.existing !== now.existing) return { reason: was.existing === undefined ? 'it is somebody else’s now' : 'it was somebody else’s', key: 'existing' };
  if (was.kind === 'table' && now.kind === 'table' && !alike(was.key, now.key)) return { reason: 'its key is another one', key: 'key' };
  if ((was.kind === 'queue' || was.kind === 'topic') && now.kind === was.kind && was.fifo !== now.fifo) return { reason: now.fifo ? 'it keeps order' : 'it does not keep order any more', key: 'fifo' };
  if (was.kind === 'workflow' && now.kind === 'workflow' && was.type !== now.type) return { reason: `its type was ${was.type}`, key: 'type' };
  return undefined;
};

/** All that may be changed of a resource which stays. */
const settingsOf = (resource: Resource): unknown => (resource.kind === 'table' ? { ...resource, indexes: [] } : resource);
