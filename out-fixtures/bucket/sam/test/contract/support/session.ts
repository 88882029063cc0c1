import { inject } from 'vitest';
import { Absent, Unknown } from './errors.js';
import { Identities } from './identities.js';
import type { ApiPlan, Call, Given, Json } from './plan.js';
import type { Credentials, Fixtures, Who } from './fixtures.js';
import { at as follow, changed, expanded, own, parsed, random, vary } from './values.js';
import { write, type Wire } from './wire.js';

/** What a run is told: where, how, and with which numbers. */
export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  /** The local gateway in test mode is behind it: time can be advanced, resources can be looked into. */
  readonly local: boolean;
  readonly seed: number;
  /** Also what costs or harms where it runs for real: floods, large bodies, deletions. */
  readonly costly: boolean;
  /** `fetch` shows a client certificate at the handshake, unless credentials are omitted. */
  readonly certified: boolean;
  /** Places of the document → the line they stand at, for messages. */
  readonly lines: { readonly [place: string]: string };
}

declare module 'vitest' {
  export interface ProvidedContext { gatewright: Settings }
}

/** An answer, with the request that brought it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text is as JSON; absent where it is none. */
  readonly json?: Json;
  readonly wire: Wire;
  readonly curl: string;
}

/** What one request is, apart from what its operation says. */
export interface Ask {
  readonly given?: Given;
  /** One value that is another one. */
  readonly change?: readonly [place: string, value: Json | undefined];
  /** Query parameters with other values. */
  readonly query?: { readonly [name: string]: Json };
  /** Who asks; `null` shows nothing. */
  readonly who?: Who | null;
  /** What is shown in place of what the schemes ask for. */
  readonly showing?: Credentials;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Wire['body'];
  /** Values of path variables that are known. */
  readonly ids?: { readonly [variable: string]: Json };
  /** Whether it is made up, whatever the fixtures say. */
  readonly made?: boolean;
  /** Whether what is given is varied, too. */
  readonly varied?: boolean;
  /** Whether values are left as they are. */
  readonly exact?: boolean;
}

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What only local test mode lets one do, by the name of its door. */
const doors: { readonly [name: string]: string } = {
  clock: 'time cannot be put forward there', resources: 'nobody can look there into what resources hold', work: 'nobody can have workers run there', requests: 'nobody tells there what became of a request', token: 'nobody can mint tokens there', key: 'nobody can mint keys there',
};

/** How often a request is repeated that a throttle stopped, and how long it waits at the most each time, in seconds. */
const patience = { times: 8, seconds: 5 } as const;

/** Things that are made at the most for a list of one request; the others are the first of them. */
const mostMade = 20;

/** For how many seconds answers may be kept that are waited for. */
export const longest = 120;

/** One run over one file: who asks, what exists, and what chance there is. */
export class Session {
  readonly settings: Settings = inject('gatewright');
  readonly chance: () => number;
  /** What callers show. */
  readonly identities = new Identities(this);

  constructor(readonly api: ApiPlan, readonly fixtures: Fixtures, name: string) {
    this.chance = random([...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, this.settings.seed));
  }

  /** Asks the gateway itself; local test mode alone has that door. */
  async control(method: 'GET' | 'POST', path: string, body: Json = {}): Promise<Json> {
    this.only(doors[path.split('/')[0] ?? ''] ?? 'the gateway cannot be asked there');
    const response = await fetch(`${this.settings.url}/_gatewright/${path}`, { method, headers: { 'content-type': 'application/json' }, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) });
    const text = await response.text();
    if (response.status === 404) throw new Absent(`the local gateway has no /_gatewright/${path}`);
    if (!response.ok) throw new Unknown(`The local gateway says of ${path}: ${text}`);
    return text === '' ? null : (JSON.parse(text) as Json);
  }

  /** Leaves a case out where the local gateway is not behind the address, and says why. */
  only(why: string): void {
    if (!this.settings.local) throw new Absent(`only the local gateway lets that be tried: ${why}`);
  }

  /** Nothing remembered, nothing counted, nothing stored. */
  async reset(): Promise<void> {
    if (this.settings.local) await this.control('POST', 'reset');
  }

  advance(seconds: number): Promise<Json> { return this.control('POST', 'clock', { advance: `${Math.ceil(seconds * 1000)}ms` }); }

  async send(wire: Wire): Promise<Reply> {
    const { url } = this.settings;
    const headers = wire.headers.map(([name, value]) => [name, [...new TextEncoder().encode(value)].map((byte) => String.fromCharCode(byte)).join('')] as [string, string]);
    const response = await fetch(`${url}${wire.target}`, { method: wire.method, headers, redirect: 'manual', ...(wire.anonymous ? { credentials: 'omit' } : {}), ...(wire.body === undefined ? {} : { body: wire.body }) });
    const text = await response.text();
    // No JSON, and perhaps none was promised.
    const json = parsed(text);
    const body = typeof wire.body === 'string' ? wire.body : wire.body instanceof Uint8Array ? new TextDecoder().decode(wire.body) : wire.body ? '(form data)' : undefined;
    const curl = [`curl -i -X ${wire.method} ${shell(`${url}${wire.target}`)}`, ...wire.headers.map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`), ...(body === undefined ? [] : [`-d ${shell(body.length > 2000 ? `${body.slice(0, 2000)}… (${body.length} characters)` : body)}`])].join(' ');
    return { status: response.status, headers: response.headers, text, ...(json === undefined ? {} : { json }), wire, curl };
  }

  /** A request to an operation that is fine, but for what is asked otherwise. */
  async request(call: Call, ask: Ask = {}): Promise<Wire> {
    const { who = 'caller', showing } = ask;
    const stated = ask.made === true ? undefined : this.stated(call);
    let given = merged(ask.given ?? call.given, stated);
    if (ask.exact !== true && (ask.given === undefined || ask.varied === true)) {
      for (const [place, variation] of call.varies ?? []) if (!told(stated, place) && (ask.given === undefined || follow(given.body, place.slice('body#'.length)) !== undefined)) given = changed(given, place, vary(variation, this.chance));
    }
    for (const { in: place, name, fresh } of call.parameters ?? []) if (fresh && ask.exact !== true) given = changed(given, `${place}.${name}`, vary(fresh, this.chance));
    for (const [name, value] of Object.entries(await this.ids(call, who, ask.ids ?? {}))) given = changed(given, `path.${name}`, value);
    for (const [name, value] of Object.entries(ask.query ?? {})) given = changed(given, `query.${name}`, value);
    for (const [place, name] of call.repeats ?? []) {
      const value = own(given.path, name);
      if (value !== undefined && follow(given.body, place.slice('body#'.length)) !== undefined) given = changed(given, place, value);
    }
    if (ask.change) given = changed(given, ...ask.change);
    if (ask.exact !== true) given = await this.#referring(call, given, who, (place) => told(stated, place) || place === ask.change?.[0]);
    const tag = call.match === undefined || ask.exact === true || ask.headers?.some(([name]) => name === 'if-match') === true ? undefined : await this.#tagOf(call.match, given);
    const { headers = {}, query = {} } = showing ?? (who === null ? {} : await this.identities.show(call, who));
    return write(call, given, { headers: [...Object.entries(headers), ...(tag === undefined ? [] : [['if-match', tag] as const]), ...(ask.headers ?? [])], query: Object.entries(query), ...(ask.body === undefined ? {} : { body: ask.body }) });
  }

  /** Another operation, as a call; absent where no request can be made up for it. */
  call(operation: string): Call | undefined { return own(this.api.calls, operation); }

  /** What the fixtures say of an operation's requests. */
  stated({ operation }: Call): Given | undefined { return own(this.fixtures.requests, operation); }

  async ask(call: Call, ask: Ask = {}): Promise<Reply> { return this.insist(await this.request(call, ask)); }

  /** Asks what reads a thing for how it is now: an answer that may be kept for a while is let grow too old. */
  async look(call: Call, ask: Ask = {}): Promise<Reply> {
    if (call.cached) {
      this.only('its answers are kept for a while');
      if (call.cached > longest) throw new Absent(`its answers are kept for ${call.cached} seconds, and what a caller shows may not hold as long`);
      await this.advance(call.cached + 1);
    }
    return this.ask(call, ask);
  }

  /** Sends, and sends again where a throttle stopped it: a case that makes many things is none of a flood. */
  async insist(wire: Wire): Promise<Reply> {
    let reply = await this.send(wire);
    for (let times = 0; reply.status === 429 && times < patience.times; times++) {
      const seconds = Math.min(patience.seconds, Math.max(1, Number(reply.headers.get('retry-after')) || 1));
      if (this.settings.local) await this.advance(seconds);
      else await new Promise((done) => setTimeout(done, seconds * 1000));
      reply = await this.send(wire);
    }
    return reply;
  }

  /** What the fixtures say that a variable of a path is called. */
  known(variable: string): Json | undefined { return own(this.fixtures.ids, variable); }

  /** Values of the path's variables: those of the fixtures, or of something that is made for this request. */
  async ids(call: Call, who: Who | null, given: { readonly [variable: string]: Json }): Promise<{ readonly [variable: string]: Json }> {
    let ids: { readonly [variable: string]: Json } = given;
    // As the path has them: what is made below something is made below the one that the path names.
    for (const [, name = ''] of call.path.matchAll(/\{([^{}+]+)\+?\}/g)) {
      if (Object.hasOwn(ids, name)) continue;
      const known = this.known(name);
      const need = own(call.needs, name);
      if (known !== undefined) ids = { ...ids, [name]: known };
      else if (need) ids = { ...ids, [name]: await this.make(need.call, need.from, who, ids) };
    }
    return ids;
  }

  /** Makes something, and answers what names it. */
  async make(operation: string, from: string, who: Who | null, ids: { readonly [variable: string]: Json }, change?: Ask['change']): Promise<Json> {
    const call = this.call(operation);
    if (!call) throw new Unknown(`${operation} is not among the calls.`);
    const reply = await this.ask(call, { who: who ?? 'caller', ids, ...(change ? { change } : {}) });
    const id = named(reply, from);
    if (reply.status >= 300 || id === undefined) throw new Unknown(`${operation} was to make something first, and answered ${reply.status} ${reply.text.slice(0, 300)}\n${reply.curl}`);
    return id;
  }

  /** A request whose body names things that exist: each is made for it, where that can be done, and what was one or two before is so afterwards. */
  async #referring(call: Call, given: Given, who: Who | null, known: (place: string) => boolean): Promise<Given> {
    let referring = given;
    for (const [place, { call: maker, from }] of call.refs ?? []) {
      const made = new Map<string, Json>();
      for (const each of expanded(given.body, place).filter((one) => !known(one))) {
        const value = JSON.stringify(follow(given.body, each.slice('body#'.length)));
        const [one] = made.values();
        const id = made.get(value) ?? (made.size < mostMade ? undefined : one) ?? await this.make(maker, from, who, {}).catch((error: unknown) => {
          if (error instanceof Unknown) return undefined;
          throw error;
        });
        if (id === undefined) break;
        made.set(value, id);
        referring = changed(referring, each, id);
      }
    }
    return referring;
  }

  /** The tag of what the path names, as it is just now. */
  async #tagOf(read: string, { path = {} }: Given): Promise<string | undefined> {
    const call = this.call(read);
    return call && ((await this.look(call, { ids: path })).headers.get('etag') ?? undefined);
  }

  /** Whether all that the path names is known to exist. */
  sure(call: Call): boolean { return (call.unknown ?? []).every((name) => this.known(name) !== undefined); }
}

/** What an answer calls something: by a pointer into its body, or the end of its Location. */
export const named = (reply: Reply, from: string): Json | undefined => {
  if (from !== 'header.location') return follow(reply.json, from.slice('body#'.length));
  const last = reply.headers.get('location')?.split('?')[0]?.split('/').at(-1);
  return last === undefined || last === '' ? undefined : decodeURIComponent(last);
};

/** Whether all requests of a call are the same: the next one may be a conflict with the last. */
export const isFixed = ({ varies = [], parameters = [], needs = {} }: Call): boolean => varies.length === 0 && Object.keys(needs).length === 0 && !parameters.some(({ fresh }) => fresh);

/** Whether the fixtures say themselves what stands at a place. */
export const told = (stated: Given | undefined, place: string): boolean => stated !== undefined && place.startsWith('body#') && follow(stated.body, place.slice('body#'.length)) !== undefined;

/** Values of the fixtures over made-up ones; the properties of a body, or of the one thing in it, one by one. */
const merged = (given: Given, stated: Given | undefined): Given => {
  if (!stated) return given;
  const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);
  const over = (one: Json | undefined, other: Json | undefined, within: boolean): Json | undefined => {
    if (!isObject(one) || !isObject(other)) return other ?? one;
    const [name = '', ...others] = new Set([...Object.keys(one), ...Object.keys(other)]);
    return within && others.length === 0 ? { [name]: over(one[name], other[name], false) ?? null } : { ...one, ...other };
  };
  const body = over(given.body, stated.body, true);
  return { path: { ...given.path, ...stated.path }, query: { ...given.query, ...stated.query }, header: { ...given.header, ...stated.header }, cookie: { ...given.cookie, ...stated.cookie }, ...(body === undefined ? {} : { body }) };
};
