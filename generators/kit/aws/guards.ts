import { compare } from '../../../src/base/order.js';
import { remember } from '../../../src/base/remember.js';
import { words } from '../../../src/base/text.js';
import type { Api, FunctionSettings, SecurityScheme } from '../../../src/ir/index.js';
import { accessOf, type Demand } from './access.js';
import type { Needs } from './needs.js';
import { routesOf, type Route } from './routes.js';
import { readSecrets, secretArn } from './secrets.js';

/** An authorizer function that the compiler writes, and the routes that it stands before. */
export interface Guard {
  /** Its file, and its key among authorizers: `customer-guard`. */
  readonly name: string;
  /** Its name in the gateway's definition. */
  readonly id: string;
  /** In order of name. */
  readonly schemes: readonly SecurityScheme[];
  readonly routes: readonly { readonly route: Route; readonly anyOf: readonly Demand[] }[];
  /** How long the gateway remembers a verdict on one `Authorization` for one route; 0 where the verdict depends on more. */
  readonly ttlSeconds: number;
  readonly settings: FunctionSettings;
}

/** A token that expires is let in for this much longer at the most: that, and the tolerated difference of clocks. */
const jwtTtlSeconds = 60;

const ttlOf = ({ check, credential }: SecurityScheme): number => {
  switch (check?.kind) {
    case 'introspection': return check.cacheTtlSeconds;
    case 'function': return credential.kind !== 'api-key' && check.identity.every(({ in: place, name }) => place === 'header' && name === 'authorization') ? check.cacheTtlSeconds : 0;
    default: return jwtTtlSeconds;
  }
};

const keyOf = (schemes: readonly SecurityScheme[]): string => JSON.stringify(schemes.map(({ name }) => name));

/** The schemes of demands, each once, in order of name. */
const schemesOf = (anyOf: readonly Demand[]): SecurityScheme[] => {
  const byName = new Map(anyOf.map(({ scheme }) => [scheme.name, scheme]));
  return [...byName.keys()].sort(compare).map((name) => byName.get(name) as SecurityScheme);
};

/** What the gateway knows an authorizer for these demands by. */
export const guardId = (anyOf: readonly Demand[]): string => `${schemesOf(anyOf).map(({ id }, index) => (index === 0 ? id : `Or${id.charAt(0).toUpperCase()}${id.slice(1)}`)).join('')}Guard`;

/** One authorizer for each set of schemes that some route is content with. */
export const guardsOf = remember((api: Api): readonly Guard[] => {
  const groups = new Map<string, { readonly schemes: readonly SecurityScheme[]; readonly id: string; readonly routes: { route: Route; anyOf: readonly Demand[] }[] }>();
  for (const route of routesOf(api)) {
    const { authorizer } = accessOf(api, route.operation);
    if (authorizer.kind !== 'guard' || route.operation.method === 'TRACE') continue;
    const schemes = schemesOf(authorizer.anyOf);
    const group = groups.get(keyOf(schemes)) ?? { schemes, id: guardId(authorizer.anyOf), routes: [] };
    group.routes.push({ route, anyOf: authorizer.anyOf });
    groups.set(keyOf(schemes), group);
  }
  return [...groups.keys()].sort(compare).flatMap((key) => {
    const group = groups.get(key);
    if (!group) return [];
    const base = `${group.schemes.map(({ fileName }) => fileName).join('-or-')}-guard`;
    const name = api.authorizers.has(base) ? `${base}-2` : base;
    return [{ ...group, name, ttlSeconds: Math.min(...group.schemes.map(ttlOf)), settings: settingsOf(api) }];
  });
});

/** Ten seconds are what an HTTP API waits for an authorizer; what is fetched meanwhile gives up long before. */
const settingsOf = (api: Api): FunctionSettings => {
  const [first] = api.functions.values();
  return {
    runtime: first?.settings.runtime ?? 'nodejs22.x',
    architecture: first?.settings.architecture ?? 'arm64',
    memoryMb: 256,
    timeoutMs: 10_000,
    logRetentionDays: Math.max(30, ...[...api.functions.values()].map(({ settings }) => settings.logRetentionDays)),
  };
};

/** The environment variable that names the secret with a scheme's credentials. */
export const secretVariable = (scheme: SecurityScheme): string => `INTROSPECTION_SECRET_${words(scheme.fileName).join('_').toUpperCase()}`;

/** What the function of an authorizer is given: the names of the secrets of schemes that it asks others about, and leave to read these alone. */
export const guardNeeds = ({ schemes }: Guard): Needs => {
  const asked = schemes.flatMap((scheme) => (scheme.check?.kind === 'introspection' ? [{ variable: secretVariable(scheme), secret: scheme.check.credentials }] : []));
  const secrets = [...new Set(asked.map(({ secret }) => secret))];
  return {
    environment: asked.map(({ variable, secret }) => [variable, secretArn(secret)]),
    statements: readSecrets(secrets),
  };
};
