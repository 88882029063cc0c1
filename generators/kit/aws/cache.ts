import { resolve } from '../../../src/ir/walk.js';
import type { Api, CacheKeyPart, Parameter, SecurityScheme } from '../../../src/ir/index.js';
import type { Route } from './routes.js';

/** Sizes of a stage's cache, in GB (API Gateway API reference, CacheClusterSize). */
export const cacheSizes: readonly number[] = [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237];

/** What answers of a route are remembered by, as the gateway names it: `path.id`, `querystring.page`, `header.Authorization`. */
export type KeyName = `${'path' | 'querystring' | 'header'}.${string}`;

/** What makes two requests for a route the same one; or what of the document's key the gateway cannot tell apart. */
export type RouteKey = { readonly names: readonly KeyName[] } | { readonly lacking: string };

/** Whether a stage has a cache at all. */
export const caches = (api: Api): boolean => api.protocol.kind === 'rest' && [...api.stages.values()].some(({ cacheSize }) => cacheSize !== undefined);

/**
 * The key of a cached route. Path variables are always in it, and so is whatever the function's answer depends on besides:
 * cookies that it reads, the version asked for, and the origin where CORS headers name one, since this cache knows no `Vary`.
 */
export const cacheKeyOf = (api: Api, { operation, variables }: Route): RouteKey | undefined => {
  const { cache, version } = operation.policy;
  if (!cache || (operation.method !== 'GET' && operation.method !== 'HEAD')) return undefined;
  const names = new Set<KeyName>([...new Set(variables.values())].map((name): KeyName => `path.${name}`));
  for (const part of cache.key) {
    const found = keyNames(api, operation.parameters, callersOf(api, operation.security), part);
    if ('lacking' in found) return found;
    for (const name of found.names) names.add(name);
  }
  if (operation.parameters.some(({ in: place }) => place === 'cookie')) names.add('header.Cookie');
  if (version?.header !== undefined) names.add(`header.${version.header}`);
  if (api.cors && (api.cors.credentials || !api.cors.origins.includes('*'))) names.add('header.Origin');
  return { names: [...names].sort() };
};

const callersOf = (api: Api, security: Route['operation']['security']): SecurityScheme[] => security.flatMap(({ all }) => all.flatMap(({ scheme }) => api.schemes.get(scheme) ?? []));

const keyNames = (api: Api, parameters: readonly Parameter[], callers: readonly SecurityScheme[], part: CacheKeyPart): RouteKey => {
  if (part.kind !== 'parameter') return credentials(callers);
  const parameter = parameters.find(({ in: place, name }) => place === part.in && (place === 'header' ? name.toLowerCase() === part.name.toLowerCase() : name === part.name));
  if (part.in === 'header') return { names: [`header.${parameter?.name ?? part.name}`] };
  return parameter && !standsUnderItsName(api, parameter) ? { lacking: `the query parameter \`${part.name}\`, which may come in several parts` } : { names: [`querystring.${part.name}`] };
};

/** The last value under a name is all that the gateway looks at; a list or an object may be spread over several. */
const standsUnderItsName = (api: Api, { encoding, schema }: Parameter): boolean => {
  if (encoding.kind === 'content') return true;
  const { types } = resolve(api, schema);
  const isScalar = types !== undefined && !types.includes('array') && !types.includes('object');
  return encoding.style !== 'deepObject' && (isScalar || !encoding.explode);
};

/**
 * The caller, by what they show: one caller may show several things, and then has an answer for each, but no two callers
 * ever show the same. Claims are the caller's too.
 */
const credentials = (callers: readonly SecurityScheme[]): RouteKey => {
  const names = new Set<KeyName>();
  for (const { name, credential } of callers) {
    if (credential.kind === 'mutual-tls') return { lacking: `the caller by \`${name}\`, whose certificate is no part of the request` };
    if (credential.kind !== 'api-key') names.add('header.Authorization');
    else if (credential.in === 'query') names.add(`querystring.${credential.name}`);
    else names.add(credential.in === 'cookie' ? 'header.Cookie' : `header.${credential.name}`);
  }
  return { names: [...names] };
};
