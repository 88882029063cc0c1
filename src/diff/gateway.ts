import { list } from '../base/text.js';
import { canonical } from '../base/order.js';
import { at } from '../base/origin.js';
import { isObject, type Json } from '../base/json.js';
import type { Api, Cors, FunctionSettings, Operation } from '../ir/index.js';
import { routeOf } from '../lint/rule.js';
import type { Changes, Places, Tell } from './changes.js';
import type { SchemaDiffer } from './schema/differ.js';
import { alike, code, without } from './values.js';
import { gatewayPlace, policyPlace, type Both, type Version } from './version.js';

const placesOf = (versions: Both<Version>, ...keys: readonly string[]): Places => ({ was: gatewayPlace(versions.was, ...keys), now: gatewayPlace(versions.now, ...keys) });

/** What holds for the API as a whole. */
export const compareGateway = (differ: SchemaDiffer, versions: Both<Version>, tell: Tell): void => {
  const [was, now] = [versions.was.api, versions.now.api];
  if (was.name !== now.name) tell('api-renamed', `The API is called ${code(now.name)}, and was ${code(was.name)}: what is named after it is made anew`, placesOf(versions, 'name'));
  if (was.protocol.kind !== now.protocol.kind) tell('protocol-changed', `It becomes ${kindText(now)}, and was ${kindText(was)}: another gateway, at another address`, placesOf(versions, 'protocol'));
  if (!alike(was.observability, now.observability)) tell('observability-changed', `It records other things: ${JSON.stringify(now.observability)}`, placesOf(versions, 'observability'));
  compareEnvelope(differ, versions, tell);
  compareCors(versions, { was: was.cors, now: now.cors }, tell);
  compareServers(versions, tell);
};

const kindText = ({ protocol }: Api): string => (protocol.kind === 'rest' ? 'a REST API' : 'an HTTP API');

const compareEnvelope = (differ: SchemaDiffer, versions: Both<Version>, tell: Tell): void => {
  const [was, now] = [versions.was.api, versions.now.api];
  const places = placesOf(versions, 'errors', 'schema');
  if (was.errors.mediaType !== now.errors.mediaType) tell('envelope-media-type-changed', `Errors come as ${code(now.errors.mediaType)}, and did as ${code(was.errors.mediaType)}`, places);
  const names = { was: was.errors.fields.map(({ name }) => name), now: now.errors.fields.map(({ name }) => name) };
  const [less, more] = [without(names.was, names.now), without(names.now, names.was)];
  if (less.length > 0) tell('envelope-field-removed', `Errors have no ${list(less.map(code))} any more`, places);
  if (more.length > 0) tell('envelope-field-added', `Errors have ${list(more.map(code))}`, places);
  const schemas = { was: was.schemas.get(was.errors.schema ?? '')?.schema, now: now.schemas.get(now.errors.schema ?? '')?.schema };
  if (schemas.was && schemas.now && less.length + more.length === 0) differ.compare([schemas.was], [schemas.now], { direction: 'response', label: 'The envelope of errors', ...places }, tell);
};

const compareCors = (versions: Both<Version>, { was, now }: Both<Cors | undefined>, tell: Tell): void => {
  const place = (key?: string): Places => placesOf(versions, 'cors', ...(key === undefined ? [] : [key]));
  if (!was && !now) return;
  if (!was || !now) {
    if (now) tell('cors-added', `Browsers on ${list(now.origins.map(code))} may call`, place());
    else tell('cors-removed', 'Browsers on other origins may not call any more', place());
    return;
  }
  const [less, more] = [now.origins.includes('*') ? [] : without(was.origins, now.origins), was.origins.includes('*') ? [] : without(now.origins, was.origins)];
  if (less.length > 0) tell('cors-origin-removed', `Browsers on ${list(less.map(code))} may not call any more`, place('origins'));
  if (more.length > 0) tell('cors-origin-added', `Browsers on ${list(more.map(code))} may call`, place('origins'));
  if (was.credentials !== now.credentials) tell(now.credentials ? 'cors-credentials-allowed' : 'cors-credentials-refused', `Browsers ${now.credentials ? 'send' : 'do not send'} credentials`, place('credentials'));
  // What an operation that is gone needed is not missed: the list follows the document where nobody wrote it.
  const needed = new Set([...versions.now.api.operations.values()].flatMap(({ method, parameters }) => [method, ...parameters.filter((each) => each.in === 'header').map(({ name }) => name.toLowerCase()), 'authorization', 'content-type']));
  for (const key of ['methods', 'headers', 'expose'] as const) {
    const gone = without<string>(was[key], now[key]).filter((item) => key === 'expose' || needed.has(item));
    const fresh = without<string>(now[key], was[key]);
    if (gone.length > 0) tell('cors-narrowed', `Browsers may not ${key === 'expose' ? 'read' : 'send'} ${list(gone.map(code))} any more`, place(key));
    if (fresh.length > 0) tell('cors-widened', `Browsers may ${key === 'expose' ? 'read' : 'send'} ${list(fresh.map(code))}`, place(key));
  }
  if (was.maxAgeSeconds !== now.maxAgeSeconds) tell('cors-memory-changed', `Browsers remember what they may do for ${now.maxAgeSeconds} s, and did for ${was.maxAgeSeconds} s`, place('maxAge'));
};

const compareServers = ({ was, now }: Both<Version>, tell: Tell): void => {
  const urls = ({ api }: Version): readonly string[] => {
    const servers = api.publicDocument['servers'];
    return Array.isArray(servers) ? servers.flatMap((server: Json) => (isObject(server) ? [JSON.stringify(canonical({ url: server['url'] ?? '', variables: server['variables'] ?? null }))] : [])) : [];
  };
  const places = { was: at(was.api.origin, 'servers'), now: at(now.api.origin, 'servers') };
  const said = (text: string): string => code((JSON.parse(text) as { url: string }).url);
  for (const url of without(urls(was), urls(now))) tell('server-removed', `${said(url)} is no longer an address of the API`, places);
  for (const url of without(urls(now), urls(was))) tell('server-added', `${said(url)} is an address of the API`, places);
};

/** Which function serves an operation, and how that is set up: nothing that callers see. */
export const compareFunctions = (versions: Both<Version>, pairs: readonly Both<Operation>[], changes: Changes): void => {
  for (const { was, now } of pairs) {
    const [before, after] = [was.integration.backend, now.integration.backend];
    if (before.kind !== 'function' || after.kind !== 'function') continue;
    const [old, young] = [versions.was.api.functions.get(before.function), versions.now.api.functions.get(after.function)];
    if (!old || !young) continue;
    const tell = changes.of(routeOf(now));
    const place = (key: string): Places => ({ was: policyPlace(versions.was, was, 'function', key), now: policyPlace(versions.now, now, 'function', key) });
    const moved = old.name !== young.name && (old.operations.length > 1 || young.operations.length > 1);
    if (moved) tell('function-regrouped', `${routeOf(now)} is served by the function ${code(young.name)}, and was by ${code(old.name)}`, place('group'));
    compareSettings(routeOf(now), { was: old.settings, now: young.settings }, place, tell);
  }
};

const compareSettings = (route: string, { was, now }: Both<FunctionSettings>, place: (key: string) => Places, tell: Tell): void => {
  if (was.runtime !== now.runtime || was.architecture !== now.architecture) tell('function-runtime-changed', `The function behind ${route} runs on ${now.runtime}, ${now.architecture}, and did on ${was.runtime}, ${was.architecture}`, place(was.runtime === now.runtime ? 'architecture' : 'runtime'));
  if ((now.reservedConcurrency ?? Infinity) < (was.reservedConcurrency ?? Infinity)) tell('function-concurrency-lowered', `The function behind ${route} runs ${now.reservedConcurrency} times at once at the most, and did ${was.reservedConcurrency ?? 'without such a bound'}`, place('reservedConcurrency'));
  const others = (['memoryMb', 'logRetentionDays', 'keepWarm', 'rollout'] as const).filter((key) => !alike(was[key], now[key]));
  const keys = { memoryMb: 'memory', logRetentionDays: 'logRetention', keepWarm: 'keepWarm', rollout: 'rollout' } as const;
  const raised = (now.reservedConcurrency ?? Infinity) > (was.reservedConcurrency ?? Infinity);
  const names = [...others.map((key) => keys[key]), ...(raised ? ['reservedConcurrency'] : [])];
  if (names.length > 0) tell('function-settings-changed', `The function behind ${route} has another ${list(names.map(code))}`, place(names[0] ?? ''));
};
