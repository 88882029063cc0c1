import { list } from '../base/text.js';
import type { Api, Operation, Requirement, SecurityScheme } from '../ir/index.js';
import { routeOf } from '../lint/rule.js';
import type { Tell } from './changes.js';
import { alike, code, without } from './values.js';
import type { Both, Version } from './version.js';

/** The older name of each newer scheme: its own, or that of one which says the same and was given another name. */
export const schemeNames = ({ was, now }: Both<Version>): ReadonlyMap<string, string> => {
  const gone = [...was.api.schemes.values()].filter(({ name }) => !now.api.schemes.has(name));
  return new Map([...now.api.schemes.values()].map((scheme) => {
    const renamed = was.api.schemes.has(scheme.name) ? undefined : gone.find((other) => alike(shown(other), shown(scheme)));
    return [scheme.name, renamed?.name ?? scheme.name];
  }));
};

const shown = ({ credential, check }: SecurityScheme): unknown => ({ credential, check });

interface Alternative { readonly requirement: Requirement; readonly scopes: ReadonlyMap<string, readonly string[]> }

/** Whoever meets the second also meets the first. */
const isWeaker = (first: Alternative, second: Alternative): boolean =>
  [...first.scopes].every(([scheme, scopes]) => second.scopes.has(scheme) && without(scopes, second.scopes.get(scheme) ?? []).length === 0);

const sameSchemes = (one: Alternative, other: Alternative): boolean => one.scopes.size === other.scopes.size && [...one.scopes.keys()].every((scheme) => other.scopes.has(scheme));

const nameOf = ({ scopes }: Alternative): string => (scopes.size === 0 ? 'nothing' : list([...scopes.keys()].map(code)));

/** Who may call an operation. */
export const compareSecurity = ({ was, now }: Both<Operation>, names: ReadonlyMap<string, string>, tell: Tell): void => {
  const alternatives = (requirements: readonly Requirement[], nameIn: (scheme: string) => string): readonly Alternative[] =>
    requirements.map((requirement) => ({ requirement, scopes: new Map(requirement.all.map(({ scheme, scopes }) => [nameIn(scheme), scopes])) }));
  const before = alternatives(was.security, (scheme) => scheme);
  const after = alternatives(now.security, (scheme) => names.get(scheme) ?? scheme);
  const route = routeOf(now);
  const places = { was: before[0]?.requirement.origin ?? was.origin, now: after[0]?.requirement.origin ?? now.origin };
  const open = (all: readonly Alternative[]): boolean => all.length === 0 || all.some(({ scopes }) => scopes.size === 0);
  if (open(before) || open(after)) {
    if (open(before) && open(after)) return;
    if (open(before)) tell('security-added', `${route} asks callers for ${list(after.map(nameOf), 'or')}, and let everyone through`, places);
    else tell('security-opened', `${route} lets everyone through, and asked callers for ${list(before.map(nameOf), 'or')}`, places);
    return;
  }
  const scoped = new Set<Alternative>();
  for (const old of before) {
    if (after.some((young) => isWeaker(young, old))) continue;
    const same = after.find((young) => sameSchemes(young, old));
    if (!same) {
      tell('security-alternative-removed', `${route} no longer takes ${nameOf(old)} alone`, { was: old.requirement.origin, now: places.now });
      continue;
    }
    scoped.add(same);
    compareScopes(route, old, same, tell);
  }
  for (const young of after) {
    if (scoped.has(young) || before.some((old) => isWeaker(old, young))) continue;
    const same = before.find((old) => sameSchemes(young, old));
    if (same) compareScopes(route, same, young, tell);
    else tell('security-alternative-added', `${route} also takes ${nameOf(young)}`, { was: places.was, now: young.requirement.origin });
  }
};

const compareScopes = (route: string, was: Alternative, now: Alternative, tell: Tell): void => {
  for (const [scheme, scopes] of now.scopes) {
    const [more, less] = [without(scopes, was.scopes.get(scheme) ?? []), without(was.scopes.get(scheme) ?? [], scopes)];
    const places = { was: was.requirement.origin, now: now.requirement.origin };
    if (more.length > 0) tell('scope-added', `${route} needs the ${more.length === 1 ? 'scope' : 'scopes'} ${list(more.map(code))} of ${code(scheme)} too`, places);
    if (less.length > 0) tell('scope-removed', `${route} does not need the ${less.length === 1 ? 'scope' : 'scopes'} ${list(less.map(code))} of ${code(scheme)} any more`, places);
  }
};

/** Schemes that some operation goes by. */
export const usedSchemes = ({ operations }: Api): ReadonlySet<string> =>
  new Set([...operations.values()].flatMap(({ security }) => security.flatMap(({ all }) => all.map(({ scheme }) => scheme))));
