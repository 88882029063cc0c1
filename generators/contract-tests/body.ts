import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { pointerToken, pointerTokens } from '../../src/base/origin.js';
import type { Api, Content, Schema } from '../../src/ir/index.js';
import type { Variation } from '../../src/suite/plan.js';
import { changed, random, vary } from '../../src/suite/values.js';
import type { Checked } from './checked.js';
import { alternatives, merge } from './merge.js';
import { patternVariation } from './patterns.js';
import { going } from './things.js';
import { candidates, type Candidate } from './rows.js';
import { sample } from './sample.js';

/** Bodies of one content, and the cases that are made of them. */
export interface BodyCases {
  /** A body with all that may be in it. */
  readonly full: Json;
  /** The same with others chosen wherever there are a few: truth values turned round, the last of several. */
  readonly other?: Json;
  /** Bodies of the other alternatives, and the same with others chosen. */
  readonly kinds?: readonly Json[];
  /** A body with nothing that may be left out, where that is another. */
  readonly least?: Json;
  readonly good: readonly (readonly [name: string, body: Json])[];
  readonly inside: readonly Candidate[];
  readonly outside: readonly Candidate[];
  readonly varies: readonly (readonly [place: string, variation: Variation])[];
}

/** Letters of bodies that are read whole to be sure of cases within alternatives; cases beyond that are left out, not guessed. */
const mostEffort = 400_000;

/** Bodies by what the document shows of it, or else made up; nothing where none is found that fits. `own`: pointers to what the thing itself is called by, of which each is another's. */
export const bodyCases = (api: Api, checked: Checked, content: Content, limit: number, own: ReadonlySet<string>): BodyCases | undefined => {
  const { schema, kind } = content;
  const fits = (body: Json): boolean => (!schema || checked.fits(schema, body)) && JSON.stringify(body).length <= limit;
  const examples = content.examples.filter(({ value }) => fits(value));
  if (!schema || kind === 'binary') return { full: examples[0]?.value ?? 'some bytes', good: [['some bytes', examples[0]?.value ?? 'some bytes']], inside: [], outside: [], varies: [] };
  const sampled = alternatives.map((choice) => [choice, sample(api, schema, 'most', choice)] as const).filter((pair): pair is readonly [number, Json] => pair[1] !== undefined);
  const made = unique(sampled);
  const [shown] = examples;
  const bases = made.map(([choice, body]) => [choice, shown && isObject(body) && isObject(shown.value) && fits({ ...body, ...shown.value }) ? { ...body, ...shown.value } : body] as const).filter(([, body]) => fits(body));
  const [first] = bases;
  const least = sample(api, schema, 'least', first?.[0] ?? 0);
  const full = first?.[1] ?? shown?.value ?? (least !== undefined && fits(least) ? least : undefined);
  if (full === undefined) return undefined;
  const turn = (body: Json, choice: number): Json | undefined => {
    const turned = otherwise(api, schema, body, choice, 0);
    return JSON.stringify(turned) !== JSON.stringify(body) && fits(turned) ? turned : undefined;
  };
  const other = turn(full, first?.[0] ?? 0);
  const others = bases.slice(1).filter(([, body]) => JSON.stringify(body) !== JSON.stringify(full));
  const good = unique([...examples.map(({ name, value }) => [`the example ${name}`, value] as const), ['as much as may be', full], ...others.map(([choice, body]) => [`alternative ${choice + 1}`, body] as const), ...(other === undefined ? [] : [['with other choices', other] as const]),
    ...(least !== undefined && fits(least) ? [['as little as must be', least] as const] : [])]);
  const turning = { ...(other === undefined ? {} : { other }), ...(others.length > 0 ? { kinds: others.flatMap(([choice, body]) => [body, turn(body, choice)].filter((each) => each !== undefined)) } : {}), ...(least !== undefined && fits(least) && JSON.stringify(least) !== JSON.stringify(full) ? { least } : {}) };
  if (kind === 'text') return { full, ...turning, good, inside: [], outside: [], varies: [] };
  const all = candidates(api, schema, full, first?.[0] ?? 0);
  const travels = kind === 'json' ? () => true : asText(api, schema);
  const found = { inside: all.inside.filter(travels), outside: all.outside.filter(travels) };
  const edited = ({ pointer, value }: Candidate): Json | undefined => changed({ body: full }, `body#${pointer}`, value).body;
  const size = JSON.stringify(full).length;
  const small = ({ value }: Candidate): boolean => size + (value === undefined ? 0 : JSON.stringify(value).length) <= limit;
  let effort = 0;
  const right = (row: Candidate): boolean | undefined => {
    const local = row.local?.();
    if (local) return checked.fits(local.schema, local.value);
    effort += size;
    if (effort > mostEffort) return undefined;
    const body = edited(row);
    return body === undefined ? undefined : checked.fits(schema, body);
  };
  return {
    full, ...turning, good,
    inside: distinct(found.inside).filter((row) => small(row) && right(row) === true),
    outside: distinct(found.outside).filter((row) => small(row) && right(row) === false),
    varies: varying(api, checked, schema, full, first?.[0] ?? 0, shown?.value, own),
  };
};

/** Whether a case can be told in a form: of one field that is no file, as text, where only what is no text can be of a wrong type. */
const asText = (api: Api, schema: Schema): ((row: Candidate) => boolean) => {
  const { properties } = merge(api, schema);
  return ({ pointer, rule, value }) => {
    const [name = '', ...rest] = pointerTokens(pointer);
    const field = properties.get(name);
    const types = field && merge(api, field).types?.value;
    if (name === '' || rest.length > 0 || (field && (field.contentMediaType !== undefined || ['binary', 'byte'].includes(merge(api, field).format?.value ?? '')))) return false;
    if (value === undefined) return true;
    if (rule.startsWith('type ') && types?.includes('string') !== false) return false;
    return typeof value === 'string' ? /^[^\x00-\x1f]+$/.test(value) : typeof value === 'number' || typeof value === 'boolean';
  };
};

/** A value with others chosen: what stands for a state stays, since not every one may be begun with. */
const otherwise = (api: Api, schema: Schema, value: Json, choice: number, depth: number): Json => {
  const merged = merge(api, schema, choice);
  if (typeof value === 'boolean') return merged.options ? value : !value;
  if (merged.options) return merged.options.value.findLast((option) => option !== null) ?? value;
  if (Array.isArray(value)) {
    const options = merged.items ? merge(api, merged.items, choice).options?.value : undefined;
    return options && value.length === 1 ? options.slice(-1) : value;
  }
  if (!isObject(value) || depth > 3) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => {
    const property = going.test(name) ? undefined : merged.properties.get(name);
    return [name, property ? otherwise(api, property, inner, choice, depth + 1) : inner] as const;
  }));
};

/** The first of each body. */
const unique = <Name>(bodies: readonly (readonly [Name, Json])[]): readonly (readonly [Name, Json])[] => {
  const seen = new Set<string>();
  return bodies.filter(([, body]) => seen.size < seen.add(JSON.stringify(body)).size);
};
const distinct = (rows: readonly Candidate[]): readonly Candidate[] => [...new Map(rows.map((row) => [`${row.pointer} ${JSON.stringify(row.value)}`, row] as const)).values()];

/** Names of what refers to something else: what the document shows for them is likely to exist, and what is made up is not. */
const refers = /(?:id|ref|key|code|currency|country|locale|language|type|status|state|kind|token)$/i;

const varying = (api: Api, checked: Checked, schema: Schema, full: Json, choice: number, shown: Json | undefined, own: ReadonlySet<string>): BodyCases['varies'] => {
  const found: [string, Variation][] = [];
  const visit = (part: Schema, value: Json, pointer: string, depth: number): void => {
    const merged = merge(api, part, choice);
    if (Array.isArray(value)) {
      const [first] = value as readonly Json[];
      if (merged.items && first !== undefined && !merged.unique && depth < 4) visit(merged.items, first, `${pointer}/0`, depth + 1);
      return;
    }
    if (isObject(value)) {
      for (const [name, property] of merged.properties) if (depth < 4 && Object.hasOwn(value, name)) visit(property, value[name] as Json, `${pointer}/${pointerToken(name)}`, depth + 1);
      return;
    }
    if (merged.options || (refers.test(pointer) && inside(shown, pointer) && !own.has(pointer))) return;
    const bound = (keyword: Parameters<typeof merged.bounds.get>[0], otherwise: number): number => merged.bounds.get(keyword)?.value ?? otherwise;
    if (merged.pattern) {
      const variation = typeof value === 'string' ? patternVariation(merged.pattern.value, bound('minLength', 0), (text) => checked.fits(part, text)) : undefined;
      if (variation) found.push([`body#${pointer}`, variation]);
    } else if (typeof value === 'string' && merged.format?.value === 'email' && bound('maxLength', 100) >= 24) found.push([`body#${pointer}`, { kind: 'email' }]);
    else if (typeof value === 'string' && merged.format?.value === 'uuid') found.push([`body#${pointer}`, { kind: 'uuid' }]);
    else if (typeof value === 'string' && /e-?mail/i.test(pointer) && !merged.format && bound('maxLength', 100) >= 24) found.push([`body#${pointer}`, { kind: 'email' }]);
    else if (typeof value === 'string' && (!merged.format || merged.format.value === 'password') && bound('maxLength', 100) >= 8) found.push([`body#${pointer}`, { kind: 'text', least: Math.max(1, bound('minLength', 1)), most: Math.min(200, bound('maxLength', 40)) }]);
    else if (typeof value === 'number' && Number.isInteger(value) && !merged.bounds.has('multipleOf') && !merged.bounds.has('exclusiveMinimum') && !merged.bounds.has('exclusiveMaximum')) {
      const least = Math.ceil(bound('minimum', Math.min(1, bound('maximum', 1))));
      const most = Math.floor(bound('maximum', least + 999));
      if (most > least) found.push([`body#${pointer}`, { kind: 'integer', least, most }]);
    }
  };
  visit(schema, full, '', 0);
  const chance = random(1);
  const varied = [1, 2, 3].map(() => found.reduce((given, [place, variation]) => changed(given, place, vary(variation, chance)), { body: full } as { readonly body?: Json }).body);
  return varied.every((body) => body !== undefined && checked.fits(schema, body)) ? found : [];
};

const inside = (value: Json | undefined, pointer: string): boolean =>
  pointerTokens(pointer).reduce<Json | undefined>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as JsonObject)[name] : undefined), value) !== undefined;
