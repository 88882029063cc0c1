import type { Json, JsonObject } from '../../base/json.js';
import { isObject } from '../../base/json.js';
import { list, nearest } from '../../base/text.js';
import type { Api } from '../../ir/index.js';
import { parseDuration } from '../../language/values.js';
import type { Keyring } from '../auth/keyring.js';
import { mintToken, TokenFault } from '../auth/mint.js';
import type { TestClock } from '../clock.js';
import type { WireAnswer, WireRequest } from '../exchange.js';
import { controlPrefix } from '../server.js';
import { aboutApi, pageFile } from './page.js';
import { readTokenRequest } from './read-token.js';
import type { Services } from '../services/index.js';
import type { Records } from './record.js';

/** What questions to the gateway itself are answered from. */
export interface Controlled {
  readonly api: () => Api;
  readonly test: boolean;
  readonly clock: TestClock;
  readonly keyring: Keyring;
  readonly records: Records;
  /** What is remembered at the moment: limits, verdicts, caches. */
  readonly memory: () => Json;
  /** What the compiler says of a document that it could not take; empty where it could. */
  readonly problems: () => string;
  readonly stage: string;
  /** Whether callers show certificates at the handshake. */
  readonly shown: boolean;
  readonly services: () => Services;
  readonly reset: () => void;
}

/** What a question cannot be answered for; the message says what to do. */
export class ControlFault extends Error {
  constructor(message: string, readonly status = 400) { super(message); }
}

/** A path that ends in `/*` is followed by a name. */
interface Command { readonly method: 'GET' | 'POST'; readonly path: string; readonly testOnly?: boolean; readonly run: (controlled: Controlled, body: JsonObject, name: string) => Json | Promise<Json> }

const commands: readonly Command[] = [
  { method: 'POST', path: '/clock', testOnly: true, run: ({ clock }, { advance, hold }) => {
    if (hold === true) clock.hold();
    if (hold !== true || advance !== undefined) clock.advance(durationOf(advance));
    return { now: clock.now() };
  } },
  { method: 'POST', path: '/reset', testOnly: true, run: ({ reset, clock, records }) => {
    clock.reset();
    records.clear();
    reset();
    return { now: clock.now() };
  } },
  { method: 'POST', path: '/token', run: async ({ api, keyring, clock }, body) => ({ token: await mintToken(api(), keyring, clock, readTokenRequest(body)) }) },
  { method: 'POST', path: '/key', run: ({ api, keyring }, { plan }) => ({ key: keyring.apiKey(planNamed(api(), plan)) }) },
  { method: 'GET', path: '/state', run: ({ api, stage, shown, records, memory, problems }) => ({ ...aboutApi(api(), stage, shown), requests: records.list() as unknown as Json, memory: memory(), problems: problems() }) },
  { method: 'GET', path: '/resources', run: ({ api, services }) => Object.fromEntries([...api().resources.keys()].flatMap((name) => {
    const contents = services().contents(name);
    return contents ? [[name, contents]] : [];
  })) },
  { method: 'GET', path: '/resources/*', run: ({ api, services }, _, name) => {
    const contents = services().contents(name);
    if (!contents) throw new ControlFault(`There is no resource \`${name}\` here; there is ${list([...api().resources.keys()])}.`, 404);
    return contents;
  } },
  { method: 'POST', path: '/work', run: async ({ api, services, test }, { resource, fail }): Promise<Json> => {
    if (resource !== undefined && (typeof resource !== 'string' || !api().resources.has(resource))) throw new ControlFault(`There is no resource \`${String(resource)}\`; the document has ${list([...api().resources.keys()])}.`);
    if (fail !== true) return { batches: await services().work(resource) };
    if (!test) throw new ControlFault('Work fails as asked in test mode alone: start with `gatewright dev --test`.', 403);
    if (resource === undefined) throw new ControlFault('Name the queue whose reader is to fail, as `{ "resource": "…", "fail": true }`.');
    return { failed: services().fail(resource) };
  } },
  { method: 'GET', path: '/requests', run: ({ records }) => records.list() as unknown as Json },
];

/** A time to pass, as durations are written in documents. */
export const durationOf = (value: Json | undefined): number => {
  const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined;
  if (milliseconds === undefined) throw new ControlFault('A time to pass is written as `500ms`, `61s`, `5m`, `1h` or `30d`.');
  return milliseconds;
};

const planNamed = (api: Api, value: Json | undefined): string => {
  const plans = [...api.schemes.values()].flatMap(({ check }) => (check?.kind === 'plans' ? check.plans.map(({ name }) => name) : []));
  const [first] = plans;
  if (first === undefined) throw new ControlFault('The document has no usage plans.');
  if (value === undefined) return first;
  if (typeof value === 'string' && plans.includes(value)) return value;
  throw new ControlFault(`There is no plan \`${String(value)}\`; the document has ${list(plans)}.`);
};

/** Answers what is asked of the gateway itself; who may ask was found out before. */
export const createControl = (controlled: Controlled): ((request: WireRequest) => Promise<WireAnswer>) => async ({ method, path, body }) => {
  const name = path.slice(controlPrefix.length);
  const here = commands.filter((command) => (command.path.endsWith('/*') ? name.startsWith(command.path.slice(0, -1)) : command.path === name));
  const file = method === 'GET' ? pageFile(name) : undefined;
  if (file) return file;
  const command = here.find((each) => each.method === method);
  try {
    if (here.length === 0) throw new ControlFault(unknown(name), 404);
    if (!command) throw new ControlFault(`${path} takes ${here.map((each) => each.method).join(' and ')}.`, 405);
    if (command.testOnly && !controlled.test) throw new ControlFault('That is for test mode: start with `gatewright dev --test`.', 403);
    return answer(200, await command.run(controlled, readJson(body), name.slice(command.path.length - 1)));
  } catch (error) {
    if (error instanceof ControlFault) return answer(error.status, { message: error.message });
    if (error instanceof TokenFault) return answer(400, { message: error.message });
    throw error;
  }
};

const unknown = (name: string): string => {
  const near = nearest(name, commands.map(({ path }) => path));
  return `There is no ${controlPrefix}${name}${near === undefined ? '' : `; did you mean ${controlPrefix}${near}?`}`;
};

const readJson = (body: Buffer): JsonObject => {
  if (body.length === 0) return {};
  try {
    const value = JSON.parse(body.toString('utf8')) as Json;
    if (isObject(value)) return value;
  } catch {
    // Told below, as what is no object is.
  }
  throw new ControlFault('The body must be a JSON object.');
};

const answer = (status: number, body: Json): WireAnswer => ({ status, headers: [['Content-Type', 'application/json'], ['Cache-Control', 'no-store'], ['X-Content-Type-Options', 'nosniff']], body: JSON.stringify(body) });
