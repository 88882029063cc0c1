import { at, pointerTokens } from '../base/origin.js';
import { isObject, type Json } from '../base/json.js';
import { list } from '../base/text.js';
import type { Api, Operation } from '../ir/index.js';
import { datedRoute } from '../ir/versions.js';
import { routeOf } from '../lint/rule.js';
import type { Changes, Tell } from './changes.js';
import { code, without } from './values.js';
import { policyPlace, type Both, type Version } from './version.js';

/** Operations of the two versions that serve the same requests. What only one version has is told. */
export const matchOperations = (versions: Both<Version>, today: string, changes: Changes): readonly Both<Operation>[] => {
  const left = new Map([...versions.was.api.operations.values()].map((operation) => [shapeOf(operation), operation]));
  const pairs: Both<Operation>[] = [];
  for (const now of versions.now.api.operations.values()) {
    const was = left.get(shapeOf(now));
    left.delete(shapeOf(now));
    if (was) pairs.push({ was, now });
    else changes.of(routeOf(now))('operation-added', `${routeOf(now)} is new`, { was: at(versions.was.api.origin, 'paths'), now: now.origin });
  }
  for (const was of left.values()) removed(was, versions, today, changes.of(routeOf(was)));
  return pairs;
};

/** A route without the names of its variables. */
const shapeOf = ({ method, path }: Operation): string => `${method} ${path.segments.map((segment) =>
  (segment.kind === 'literal' ? `/${segment.text}` : segment.kind === 'variable' ? `/{${segment.greedy ? '+' : ''}}` : `/${segment.parts.map((part) => ('text' in part ? part.text : '{}')).join('')}`)).join('')}`;

const removed = (was: Operation, versions: Both<Version>, today: string, tell: Tell): void => {
  const route = routeOf(was);
  const places = { was: was.origin, now: at(versions.now.api.origin, 'paths', was.path.text) };
  const sunset = was.policy.version?.sunset;
  if (!was.deprecated || sunset === undefined) tell('operation-removed', `${route} is gone${was.deprecated ? ', and nobody was told when it would go' : ''}`, places);
  else if (sunset > today) tell('operation-removed-early', `${route} is gone, and was to be there until ${sunset}`, places);
  else tell('operation-retired', `${route} is gone, as was announced for ${sunset}`, places);
};

/** Names, tags and life cycle of one operation. */
export const compareOperation = (versions: Both<Version>, { was, now }: Both<Operation>, tell: Tell): void => {
  const route = routeOf(now);
  const places = { was: was.origin, now: now.origin };
  const key = (name: string): typeof places => ({ was: at(was.origin, name), now: at(now.origin, name) });
  const names = { was: statedId(versions.was.api, was), now: statedId(versions.now.api, now) };
  if (was.id !== now.id && (names.was !== undefined || names.now !== undefined)) {
    tell('operation-id-changed', `${route} is called ${code(names.now ?? now.id)}, and was ${code(names.was ?? was.id)}: handlers and generated clients go by it`, key('operationId'));
  }
  const variables = { was: variablesOf(was), now: variablesOf(now) };
  const renamed = variables.now.flatMap((name, index) => (name === variables.was[index] ? [] : [`${code(variables.was[index])} is ${code(name)}`]));
  if (renamed.length > 0) tell('path-variable-renamed', `In ${code(now.path.text)}, ${list(renamed)}: no request is another one for it`, places);
  const tags = [...without(now.tags, was.tags), ...without(was.tags, now.tags)];
  if (tags.length > 0) tell('operation-tags-changed', `${route} has ${now.tags.length === 0 ? 'no tags' : `the tags ${list(now.tags.map(code))}`}`, key('tags'));
  compareLife(versions, { was, now }, tell);
};

const compareLife = (versions: Both<Version>, { was, now }: Both<Operation>, tell: Tell): void => {
  const route = routeOf(now);
  const deprecated = { was: at(was.origin, 'deprecated'), now: at(now.origin, 'deprecated') };
  const sunset = { was: was.policy.version?.sunset, now: now.policy.version?.sunset };
  const dates = { was: policyPlace(versions.was, was, 'version', 'sunset'), now: policyPlace(versions.now, now, 'version', 'sunset') };
  if (now.deprecated && !was.deprecated) {
    if (sunset.now === undefined) tell('operation-deprecated-without-sunset', `${route} is deprecated, and does not say until when it is there`, deprecated);
    else tell('operation-deprecated', `${route} is deprecated, and goes on ${sunset.now}`, deprecated);
  }
  if (was.deprecated && !now.deprecated) tell('operation-reinstated', `${route} is no longer deprecated`, deprecated);
  if (sunset.was !== undefined && sunset.now !== sunset.was) {
    if (sunset.now === undefined) {
      if (now.deprecated) tell('sunset-removed', `${route} no longer says until when it is there`, dates);
    } else tell(sunset.now < sunset.was ? 'sunset-earlier' : 'sunset-later', `${route} goes on ${sunset.now}, and was to go on ${sunset.was}`, dates);
  }
  const [before, after] = [was.policy.version, now.policy.version];
  const place = (name: string): typeof dates => ({ was: policyPlace(versions.was, was, 'version', name), now: policyPlace(versions.now, now, 'version', name) });
  if (before?.header?.toLowerCase() !== after?.header?.toLowerCase()) tell('version-header-changed', `${route} is asked for its version with ${after?.header === undefined ? 'nothing' : code(after.header)}, and was with ${before?.header === undefined ? 'nothing' : code(before.header)}`, place('header'));
  const kept = datedRoute(versions.now.api.operations, now)?.older.some(({ date }) => date === before?.date) ?? false;
  if (before?.date !== after?.date && !kept) tell('version-date-changed', `${route} is of ${after?.date === undefined ? 'no version' : `the version ${after.date}`}, and was of ${before?.date === undefined ? 'none' : before.date}`, place('date'));
  const pinned = { was: before?.default ?? before?.date, now: after?.default ?? after?.date };
  const stated = before?.default !== undefined || after?.default !== undefined;
  if (stated && pinned.was !== pinned.now) tell('version-default-changed', `${route} gives callers who name no version that of ${pinned.now ?? 'no day'}, and gave that of ${pinned.was ?? 'none'}`, place('default'));
  if (before?.replacedBy !== after?.replacedBy) tell('version-successor-changed', `${route} is done by ${after?.replacedBy === undefined ? 'a handler of its own' : `the code of ${code(after.replacedBy)}`}, and was by ${before?.replacedBy === undefined ? 'one of its own' : `that of ${code(before.replacedBy)}`}`, place('replacedBy'));
};

const variablesOf = ({ path }: Operation): readonly string[] => path.segments.flatMap((segment) =>
  (segment.kind === 'variable' ? [segment.name] : segment.kind === 'mixed' ? segment.parts.flatMap((part) => ('name' in part ? [part.name] : [])) : []));

/** The `operationId` as the document has it; an id that was made up from the route is nobody's name. What stands in another file is taken for stated. */
const statedId = ({ publicDocument, origin: root }: Api, { id: name, origin }: Operation): string | undefined => {
  if (origin.file !== root.file) return name;
  let here: Json | undefined = publicDocument;
  for (const token of pointerTokens(origin.pointer)) here = isObject(here) && Object.hasOwn(here, token) ? here[token] : undefined;
  const id = isObject(here) ? here['operationId'] : undefined;
  return typeof id === 'string' ? id : undefined;
};
