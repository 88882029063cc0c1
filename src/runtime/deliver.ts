import { isAddress, isPublic } from './address.js';
import { log, sizeOf } from './platform.js';
import type { ReadSecret } from './secret.js';

/** What sending takes of the platform, declared so that generated code type-checks without any package. */
interface Address { readonly address: string; readonly family: number }
type Lookup = (host: string, options: { readonly all?: boolean }, done: (error: Error | null, address?: string | readonly Address[], family?: number) => void) => void;
interface Reply { readonly statusCode?: number; readonly headers: { readonly [name: string]: string | readonly string[] | undefined }; destroy(): void }
interface Outgoing { on(event: 'error', listener: (error: Error) => void): Outgoing; on(event: 'response', listener: (reply: Reply) => void): Outgoing; end(body: string): void; destroy(error: Error): void }
interface RequestOptions { readonly method: string; readonly headers: Readonly<Record<string, string | number>>; readonly lookup: Lookup; readonly agent: false }
interface Http { request(url: string, options: RequestOptions): Outgoing }
interface Dns { readonly promises: { lookup(host: string, options: { readonly all: true; readonly verbatim: true }): Promise<readonly Address[]> } }
declare const process: { getBuiltinModule(name: 'node:http' | 'node:https'): Http; getBuiltinModule(name: 'node:dns'): Dns };
declare const URL: new (text: string) => { readonly protocol: string; readonly hostname: string; readonly host: string; readonly username: string; readonly password: string };
declare const setTimeout: (run: () => void, ms: number) => object;
declare const clearTimeout: (timer: object) => void;

/** What a test puts in the place of time, chance, names and secrets. */
export interface Surroundings {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly resolve: (host: string) => Promise<readonly Address[]>;
  readonly readSecret: ReadSecret;
}

/** One message for a receiver whose address somebody else chose. */
export interface Delivery {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Made anew for each attempt. */
  readonly headers: (epochMs: number) => Readonly<Record<string, string>>;
  readonly attempts: number;
  readonly backoffMs: number;
  readonly timeoutMs: number;
  readonly http: boolean;
  readonly private: boolean;
}

/** A callback that its receiver did not take. */
export class CallbackFailed extends Error {
  override readonly name = 'CallbackFailed';
  constructor(message: string, readonly status?: number) { super(message); }
}

/** Longest wait between two attempts; who asks for more gets no further attempt. */
const longestWaitMs = 30_000;
const longestUrl = 2_048;

const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });
const byDns = (host: string): Promise<readonly Address[]> => process.getBuiltinModule('node:dns').promises.lookup(host, { all: true, verbatim: true });

/** Tries until the receiver takes it: again after an outage, a timeout, 408, 429 and 5xx, and never after another answer. */
export const deliver = async (delivery: Delivery, surroundings: Partial<Surroundings> = {}): Promise<{ readonly status: number; readonly attempts: number }> => {
  const { now = Date.now, wait = pause, random = Math.random, resolve = byDns } = surroundings;
  const target = targetOf(delivery);
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(delivery, target, await allowed(target.hostname, delivery, resolve), now());
    if ('status' in outcome && outcome.status >= 200 && outcome.status < 300) return { status: outcome.status, attempts: attempt };
    const told = 'status' in outcome ? `answered ${outcome.status}` : outcome.failure;
    const asked = 'status' in outcome ? retryAfterMs(outcome.retryAfter, now()) : 0;
    const again = !('status' in outcome) || outcome.status === 408 || outcome.status === 429 || outcome.status >= 500;
    log({ level: 'warn', message: `The callback ${delivery.name} was not taken: ${target.host} ${told}`, attempt });
    if (!again || attempt >= delivery.attempts || asked > longestWaitMs) throw new CallbackFailed(`The callback ${delivery.name} was not taken: ${target.host} ${told}`, 'status' in outcome ? outcome.status : undefined);
    // All of the wait is left to chance, so that many senders do not come back at once.
    await wait(Math.max(asked, random() * Math.min(longestWaitMs, delivery.backoffMs * 2 ** (attempt - 1))));
  }
};

/** The address, if it is one that may be called. What is wrong with it is not repeated: somebody else wrote it. */
const targetOf = ({ name, url, http }: Delivery): { readonly protocol: string; readonly hostname: string; readonly host: string } => {
  const refuse = (why: string): never => { throw new CallbackFailed(`The address of the callback ${name} ${why}`); };
  let target;
  try {
    target = new URL(url);
  } catch {
    return refuse('is no URL');
  }
  if (target.protocol !== 'https:' && !(http && target.protocol === 'http:')) return refuse('is not https');
  if (target.username !== '' || target.password !== '') return refuse('has credentials in it');
  return url.length > longestUrl ? refuse(`is longer than ${longestUrl} characters`) : target;
};

/** The addresses of a host, asked for once for each attempt and then connected to: what a name means cannot change in between. */
const allowed = async (hostname: string, { name, private: anywhere }: Delivery, resolve: Surroundings['resolve']): Promise<readonly Address[] | string> => {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isAddress(host) ? [{ address: host, family: host.includes(':') ? 6 : 4 }] : await resolve(host).catch((): readonly Address[] => []);
  if (addresses.length === 0) return 'is not known';
  if (!anywhere && addresses.some(({ address }) => !isPublic(address))) throw new CallbackFailed(`The address of the callback ${name} is not public`);
  return addresses;
};

type Outcome = { readonly status: number; readonly retryAfter: string | undefined } | { readonly failure: string };

/** One attempt. Redirects are answers like any other: they could lead anywhere. */
const once = ({ method, url, body, headers, timeoutMs }: Delivery, target: { readonly protocol: string }, addresses: readonly Address[] | string, epochMs: number): Promise<Outcome> => new Promise((done) => {
  if (typeof addresses === 'string') return done({ failure: addresses });
  const [first] = addresses;
  const lookup: Lookup = (_, { all }, found) => (all === true ? found(null, addresses) : found(null, first?.address ?? '', first?.family ?? 4));
  const request = process.getBuiltinModule(target.protocol === 'http:' ? 'node:http' : 'node:https').request(url, {
    method, lookup, agent: false, headers: { ...headers(epochMs), 'content-length': sizeOf(body) },
  });
  const timer = setTimeout(() => request.destroy(new Error(`did not answer within ${timeoutMs} ms`)), timeoutMs);
  const finish = (outcome: Outcome): void => {
    clearTimeout(timer);
    done(outcome);
  };
  request.on('error', ({ message }) => finish({ failure: message }));
  request.on('response', (reply) => {
    const after = reply.headers['retry-after'];
    // What a receiver says is nothing that is waited for.
    reply.destroy();
    finish({ status: reply.statusCode ?? 0, retryAfter: typeof after === 'string' ? after : undefined });
  });
  request.end(body);
  return undefined;
});

/** Seconds, or a date (RFC 9110, section 10.2.3). */
const retryAfterMs = (text: string | undefined, now: number): number => {
  if (text === undefined) return 0;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
};
