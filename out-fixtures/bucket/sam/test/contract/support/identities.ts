import type { Call, Json, Showing } from './plan.js';
import type { Credentials, Who } from './fixtures.js';
import { Unknown } from './errors.js';
import type { Session } from './session.js';
import { own } from './values.js';

/** What callers show: what the fixtures say, or what the local gateway hands out for them; the same for all requests of a file. */
export class Identities {
  readonly #shown = new Map<string, Promise<Credentials>>();

  constructor(private readonly session: Session) {}

  /** What a caller shows: the first alternative that can be shown. */
  async show(call: Call, who: Who): Promise<Credentials> {
    const { fixtures, settings: { local, certified } } = this.session;
    const all = call.callers ?? [];
    const possible = all.find((each) => each.every(({ scheme, check }) => own(fixtures.credentials, scheme) !== undefined || (local && check !== 'signature') || (certified && check === 'certificate') || check === 'nobody')) ?? all[0] ?? [];
    return joined(await Promise.all(possible.map((showing) => this.#once(showing, who))));
  }

  #once(showing: Showing, who: Who): Promise<Credentials> {
    const key = JSON.stringify([showing.scheme, showing.scopes, who]);
    const known = this.#shown.get(key);
    if (known) return known;
    const made = this.#credentials(showing, who);
    this.#shown.set(key, made);
    return made;
  }

  async #credentials(showing: Showing, who: Who): Promise<Credentials> {
    const { fixtures, settings: { local, certified, url } } = this.session;
    const stated = own(fixtures.credentials, showing.scheme);
    if (typeof stated === 'function') return stated(who, url);
    if (stated) return stated;
    if (local && (showing.check === 'token' || showing.check === 'code')) return carried(showing, await this.token(showing, { sub: who }, who));
    if (local && showing.check === 'plan') return carried(showing, ((await this.session.control('POST', 'key', {})) as { readonly key: string }).key);
    // There no handshake asks for one, and its subject stands in.
    if (local && showing.check === 'certificate') return { headers: { 'x-gatewright-client-certificate': `CN=${who}` } };
    if (showing.check === 'certificate') {
      if (certified) return {};
      throw new Unknown(`\`${showing.scheme}\` asks for a client certificate: name one with \`--client-cert\` and \`--client-key\`.`);
    }
    if (showing.check === 'nobody') return carried(showing, showing.as === 'basic' ? btoa(`${who}:${who}`) : `${who}-credential`);
    throw new Unknown(`Nobody here knows what \`${showing.scheme}\` takes: say it in test/fixtures.ts, under \`credentials\`.`);
  }

  /** A token that the scheme takes, or, with a fault, just does not. */
  async token(showing: Showing, asked: { readonly [name: string]: Json }, who: Who = 'caller'): Promise<string> {
    const claims = Object.fromEntries(this.session.api.claims.map((claim) => [claim, `${claim}-of-${who}`]));
    const answer = await this.session.control('POST', 'token', { scheme: showing.scheme, sub: who, scopes: showing.scopes, claims, ...asked });
    return (answer as { readonly token: string }).token;
  }
}

/** A credential where its scheme has it. */
export const carried = (showing: Showing, credential: string): Credentials => {
  const name = showing.name ?? 'authorization';
  if (showing.as === 'key' && showing.in === 'query') return { query: { [name]: credential } };
  if (showing.as === 'key' && showing.in === 'cookie') return { headers: { cookie: `${name}=${credential}` } };
  if (showing.as === 'key') return { headers: { [name]: credential } };
  return { headers: { authorization: `${showing.as === 'basic' ? 'Basic' : 'Bearer'} ${credential}` } };
};

const joined = (all: readonly Credentials[]): Credentials => ({ headers: Object.assign({}, ...all.map(({ headers }) => headers ?? {})) as { [name: string]: string }, query: Object.assign({}, ...all.map(({ query }) => query ?? {})) as { [name: string]: string } });
