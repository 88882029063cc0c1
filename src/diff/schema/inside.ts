import type { Api } from '../../ir/index.js';
import { isRefused } from '../../ir/views.js';
import type { RuleName } from '../rules/index.js';
import type { Fact, Pair } from './compare.js';
import type { Conjunction, Facts } from './facts.js';

/** Two schemas that stand at the same place within two others. */
export interface Child { readonly was: Conjunction; readonly now: Conjunction }
export interface Inside { readonly facts: readonly Fact[]; readonly children: readonly Child[] }

interface Sides { readonly was: Api; readonly now: Api }

const code = (name: string): string => `\`${name}\``;

/** Properties that may travel in the direction, and those that may not. */
const travelling = (api: Api, facts: Facts, direction: Pair['direction']): { readonly open: ReadonlyMap<string, Conjunction>; readonly refused: ReadonlySet<string> } => {
  const refused = new Set([...facts.properties].filter(([, schemas]) => schemas.some((schema) => isRefused(api, schema, direction))).map(([name]) => name));
  return { open: new Map([...facts.properties].filter(([name]) => !refused.has(name))), refused };
};

/** What changed of the properties of an object. */
export const compareProperties = (sides: Sides, { was, now, direction }: Pair): Inside => {
  const [before, after] = [travelling(sides.was, was, direction), travelling(sides.now, now, direction)];
  const facts: Fact[] = [];
  const tell = (rule: RuleName, says: string, name: string): void => {
    const place = (all: Facts): Fact['was'] => all.properties.get(name)?.[0]?.origin ?? all.where('properties');
    facts.push({ rule, says, was: place(was), now: place(now) });
  };
  const needed = (all: Facts, refused: ReadonlySet<string>): Set<string> => new Set([...all.required].filter((name) => !refused.has(name)));
  const [neededBefore, neededAfter] = [needed(was, before.refused), needed(now, after.refused)];

  for (const name of neededAfter) {
    if (neededBefore.has(name)) continue;
    const fresh = !was.properties.has(name) && now.properties.has(name);
    if (direction === 'request') tell('request-required-added', `must have ${code(name)}${fresh ? ', which is new' : ''}`, name);
    else if (!fresh) tell('response-required-added', `always has ${code(name)}`, name);
  }
  for (const name of neededBefore) {
    if (neededAfter.has(name)) continue;
    const gone = before.open.has(name) && !after.open.has(name);
    if (direction === 'response') tell('response-required-removed', gone ? `has no ${code(name)} any more, which was always there` : `need not have ${code(name)} any more`, name);
    else if (!gone) tell('request-required-removed', `may leave out ${code(name)}`, name);
  }
  const children: Child[] = [];
  for (const [name, schemas] of before.open) {
    const other = after.open.get(name);
    if (other) children.push({ was: schemas, now: other });
    else if (direction === 'request') {
      if (now.closed || after.refused.has(name)) tell('request-property-refused', `may not have ${code(name)} any more`, name);
      else tell('request-property-removed', `has no ${code(name)} any more: what is sent in it is not heard`, name);
    } else if (!neededBefore.has(name)) tell('response-property-removed', `has no ${code(name)} any more`, name);
  }
  for (const name of after.open.keys()) {
    if (before.open.has(name)) continue;
    if (direction === 'request') {
      if (!neededAfter.has(name)) tell('request-property-added', `may have ${code(name)}`, name);
    } else if (was.closed) tell('response-property-unexpected', `may have ${code(name)}, where callers were told that there is nothing but the declared properties`, name);
    else tell('response-property-added', `${neededAfter.has(name) ? 'always has' : 'may have'} ${code(name)}`, name);
  }
  if (was.closed !== now.closed) {
    const rule: RuleName = direction === 'request' ? (now.closed ? 'request-closed' : 'request-opened') : now.closed ? 'response-closed' : 'response-opened';
    facts.push({ rule, says: now.closed ? 'has no properties but the declared ones' : 'may have properties that are not declared', was: was.where('additionalProperties'), now: now.where('additionalProperties') });
  } else if (was.additional.length + now.additional.length > 0) children.push({ was: was.additional, now: now.additional });
  return { facts, children };
};

/** Items of lists. */
export const compareItems = ({ was, now }: Pair): readonly Child[] => [
  ...(was.items.length + now.items.length > 0 ? [{ was: was.items, now: now.items }] : []),
  ...Array.from({ length: Math.max(was.prefix.length, now.prefix.length) }, (_, index) => ({ was: was.prefix[index] ?? was.items, now: now.prefix[index] ?? now.items })),
];

/** Conditions that hold in ways which no keyword of values does; `same` judges two schemas. */
export const compareConditions = ({ was, now, direction }: Pair, same: (was: Conjunction, now: Conjunction) => boolean): Inside => {
  const facts: Fact[] = [];
  const tell = (what: 'added' | 'removed' | 'changed', name: string, says: string): void => {
    const keyword = name.split('/')[0] ?? name;
    facts.push({ rule: `${direction}-constraint-${what}`, says, was: was.where(keyword), now: now.where(keyword) });
  };
  const children: Child[] = [];
  for (const [name, before] of was.conditions) {
    const after = now.conditions.get(name);
    if (after === undefined) tell('removed', name, `need not meet ${code(name)} any more`);
    else if (typeof before === 'string' || typeof after === 'string' ? before !== after : !same([before], [after])) tell('changed', name, `has another ${code(name)}`);
  }
  for (const name of now.conditions.keys()) if (!was.conditions.has(name)) tell('added', name, `must meet ${code(name)}`);
  for (const [name, before] of was.patternProperties) {
    const after = now.patternProperties.get(name);
    if (after) children.push({ was: before, now: after });
    else tell('removed', 'patternProperties', `says nothing any more of properties like ${code(name)}`);
  }
  for (const name of now.patternProperties.keys()) if (!was.patternProperties.has(name)) tell('added', 'patternProperties', `says something of properties like ${code(name)}`);
  return { facts, children };
};

/** The forms that a value may have. A lone form on one side is one of several on the other. */
export const compareForms = (pair: Pair, conjunctions: Child, same: (was: Conjunction, now: Conjunction) => boolean): Inside & { readonly whole: boolean } => {
  const { was, now } = pair;
  const [widened, reduced] = [was.unions.length === 0 && isBare(now), now.unions.length === 0 && isBare(was)];
  if (widened && now.unions.length === 1) return { ...matchForms(pair, [conjunctions.was], now.unions[0]?.map((form) => [form]) ?? [], same), whole: true };
  if (reduced && was.unions.length === 1) return { ...matchForms(pair, was.unions[0]?.map((form) => [form]) ?? [], [conjunctions.now], same), whole: true };
  const facts: Fact[] = [];
  const children: Child[] = [];
  for (let index = 0; index < Math.max(was.unions.length, now.unions.length); index++) {
    const [before, after] = [was.unions[index], now.unions[index]];
    if (before && after) {
      const matched = matchForms(pair, before.map((form) => [form]), after.map((form) => [form]), same);
      facts.push(...matched.facts);
      children.push(...matched.children);
    } else {
      facts.push(after
        ? { rule: `${pair.direction}-constraint-added`, says: `has one of ${after.length} forms`, was: was.origin, now: after[0]?.origin ?? now.origin }
        : { rule: `${pair.direction}-constraint-removed`, says: 'need not have one of several forms any more', was: before?.[0]?.origin ?? was.origin, now: now.origin });
    }
  }
  return { facts, children, whole: false };
};

/** Says nothing but which forms there are. */
const isBare = ({ unions, types, values, properties, required, closed, conditions }: Facts): boolean =>
  unions.length === 1 && (!types || types.has('object')) && !values && properties.size === 0 && required.size === 0 && !closed && conditions.size === 0;

/** The same form by name, else by what it says; where one is left on both sides, it is that one. */
const matchForms = ({ was, now, direction }: Pair, before: readonly Conjunction[], after: readonly Conjunction[], same: (was: Conjunction, now: Conjunction) => boolean): Inside => {
  const [left, free] = [new Set(before), new Set(after)];
  const children: Child[] = [];
  const match = (fits: (one: Conjunction, other: Conjunction) => boolean): void => {
    for (const one of left) {
      const other = [...free].find((candidate) => fits(one, candidate));
      if (!other) continue;
      left.delete(one);
      free.delete(other);
      children.push({ was: one, now: other });
    }
  };
  match((one, other) => one.length === 1 && other.length === 1 && one[0]?.ref !== undefined && one[0].ref === other[0]?.ref);
  match(same);
  if (left.size === 1 && free.size === 1) match(() => true);
  const nameOf = (form: Conjunction): string => (form[0]?.ref === undefined ? 'one of its forms' : code(form[0].ref));
  return {
    children,
    facts: [
      ...[...left].map((form): Fact => ({ rule: direction === 'request' ? 'request-alternative-removed' : 'response-alternative-removed', says: `can no longer be ${nameOf(form)}`, was: form[0]?.origin ?? was.origin, now: now.origin })),
      ...[...free].map((form): Fact => ({ rule: direction === 'request' ? 'request-alternative-added' : 'response-alternative-added', says: `may be ${form[0]?.ref === undefined ? 'of one more form' : nameOf(form)}`, was: was.origin, now: form[0]?.origin ?? now.origin })),
    ],
  };
};
