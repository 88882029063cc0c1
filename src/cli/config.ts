import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { load as parseYaml } from 'js-yaml';
import { isObject, own, type Json, type JsonObject } from '../base/json.js';
import { list, nearest } from '../base/text.js';
import type { RuleLevel } from '../bind/allowances.js';
import { isPattern, matches } from './patterns.js';
import { UsageError } from './terminal.js';

/** `gatewright.config.{json,yaml}`: what flags say, for one spec or for many. Flags win. */
export interface Config {
  /** Folder of the file; paths in it are relative to that. */
  readonly folder: string;
  readonly levels: ReadonlyMap<string, RuleLevel>;
  /** Where results are kept by what they were made from. */
  readonly cache?: string;
  readonly projects: readonly ProjectConfig[];
}
export interface ProjectConfig {
  readonly spec: string;
  readonly out?: string;
  readonly targets?: readonly string[];
  readonly overlays?: readonly string[];
  readonly allowRoots?: readonly string[];
  readonly allowHosts?: readonly string[];
}

/** Where to write unless said. */
export const defaultOut = 'out';

const names = ['gatewright.config.json', 'gatewright.config.yaml', 'gatewright.config.yml'];
const projectKeys = ['spec', 'out', 'target', 'overlay', 'allowRoot', 'allowHost'];

/** The configuration in a folder, its patterns answered; an empty one where there is none. Faults are usage errors that name the file. */
export const readConfig = async (folder: string): Promise<Config> => {
  const name = names.find((candidate) => existsSync(join(folder, candidate)));
  if (name === undefined) return { folder, levels: new Map(), projects: [] };
  const fail = (why: string): never => {
    throw new UsageError(`${name}: ${why}`);
  };
  let value: unknown;
  try {
    value = parseYaml(readFileSync(join(folder, name), 'utf8'));
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  if (!isObject(value as Json)) return fail('it must be a map of settings');
  const settings = value as JsonObject;
  only(settings, ['$schema', 'specs', 'rules', 'cache', ...projectKeys], fail);
  const cache = own(settings, 'cache');
  if (cache !== undefined && typeof cache !== 'string') return fail('`cache` must be the path of a folder');
  const specs = own(settings, 'specs');
  if (specs !== undefined && !Array.isArray(specs)) return fail('`specs` must be a list');
  const { spec: _spec, specs: _specs, rules: _rules, cache: _cache, ...shared } = settings as Record<string, Json>;
  const entries = specs === undefined
    ? (own(settings, 'spec') === undefined ? [] : [{ ...shared, spec: own(settings, 'spec') as Json }])
    : (specs as readonly Json[]).map((entry) => (typeof entry === 'string' ? { ...shared, spec: entry } : isObject(entry) ? { ...shared, ...entry } : fail('each of `specs` must be the path of a document, or a map with `spec`')));
  return { folder, levels: rules(own(settings, 'rules'), fail), ...(cache === undefined ? {} : { cache: resolve(folder, cache) }), projects: await expand(entries, folder, fail) };
};

/**
 * A pattern is an entry for each document that it matches and nobody named before, with `out` and `overlay` from that document's own folder:
 * each service of a repository keeps what is its own with it.
 */
const expand = async (entries: readonly JsonObject[], folder: string, fail: Fail): Promise<readonly ProjectConfig[]> => {
  const specOf = (entry: JsonObject): Json => own(entry, 'spec') ?? fail('`spec` must be the path of a document');
  const named = entries.filter((entry) => !isPattern(specOf(entry), folder));
  const taken = new Set(named.map((entry) => resolve(folder, String(specOf(entry)))));
  const projects: ProjectConfig[] = [];
  for (const entry of entries) {
    if (named.includes(entry)) projects.push(project(entry, folder, fail));
    else {
      const found = await matches(String(specOf(entry)), folder);
      if (found.length === 0) fail(`nothing matches \`${String(specOf(entry))}\``);
      for (const spec of found.filter((path) => !taken.has(path))) {
        taken.add(spec);
        projects.push(project({ out: defaultOut, ...entry, spec }, dirname(spec), fail));
      }
    }
  }
  return projects;
};

type Fail = (why: string) => never;

const only = (settings: JsonObject, known: readonly string[], fail: Fail): void => {
  for (const key of Object.keys(settings)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    fail(`unknown setting \`${key}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`);
  }
};

const project = (entry: JsonObject, folder: string, fail: Fail): ProjectConfig => {
  only(entry, ['$schema', ...projectKeys], fail);
  const texts = (key: string): string[] | undefined => {
    const value = own(entry, key);
    if (value === undefined) return undefined;
    const all = (Array.isArray(value) ? value : [value]) as readonly Json[];
    return all.every((item): item is string => typeof item === 'string') ? [...all] : fail(`\`${key}\` must be text, or a list of texts`);
  };
  const spec = own(entry, 'spec');
  const out = own(entry, 'out');
  if (typeof spec !== 'string') return fail('`spec` must be the path of a document');
  if (out !== undefined && typeof out !== 'string') return fail('`out` must be a path');
  const targets = texts('target');
  const [overlays, allowRoots, allowHosts] = [texts('overlay'), texts('allowRoot'), texts('allowHost')];
  return {
    spec: resolve(folder, spec),
    ...(out === undefined ? {} : { out: resolve(folder, out) }),
    ...(targets ? { targets } : {}),
    ...(overlays ? { overlays: overlays.map((path) => resolve(folder, path)) } : {}),
    ...(allowRoots ? { allowRoots: allowRoots.map((path) => resolve(folder, path)) } : {}),
    ...(allowHosts ? { allowHosts } : {}),
  };
};

const levels = ['error', 'warning', 'note', 'off'] as const;

const rules = (value: Json | undefined, fail: Fail): ReadonlyMap<string, RuleLevel> => {
  if (value === undefined) return new Map();
  if (!isObject(value)) return fail('`rules` must be a map from codes to `{ level, reason }`');
  return new Map(Object.entries(value).map(([code, rule]) => {
    const level = isObject(rule) ? own(rule, 'level') : undefined;
    const reason = isObject(rule) ? own(rule, 'reason') : undefined;
    const known = levels.find((candidate) => candidate === level);
    if (known === undefined || typeof reason !== 'string' || reason === '') return fail(`rule \`${code}\` must be \`{ level: ${list(levels, 'or')}, reason: … }\``);
    return [code, { level: known, reason }];
  }));
};

