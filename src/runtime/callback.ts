import { deliver, type Surroundings } from './deliver.js';
import type { Template } from './contract.js';
import type { Incoming } from './message.js';
import { asBytes, fromBase64, hmac, toBase64, uuid } from './platform.js';
import { fromSecretsManager, secret, type ReadSecret } from './secret.js';
import { fill, textOf, type Facts } from './source.js';

/** What the compiler knows of a request that the API makes in turn. */
export interface CallbackContract {
  readonly name: string;
  readonly method: string;
  readonly url: Template;
  /** The environment variable that names the secret. */
  readonly secret: string;
  /** Attempts in all, the wait before the second one (doubled for each further), and how long one may take. */
  readonly attempts: number;
  readonly backoffMs: number;
  readonly timeoutMs: number;
  /** Whether plain HTTP, and whether addresses that are not public, may be called. */
  readonly http: boolean;
  readonly private: boolean;
}

/** What became of a callback: taken by the receiver, or nothing to do, since the caller gave no address. */
export type Sent = { readonly sent: true; readonly id: string; readonly status: number; readonly attempts: number } | { readonly sent: false };

/** Sends one callback, signed, and tries again while that may help. Throws `CallbackFailed` when the receiver does not take it. */
export type Send<Body> = (body: Body) => Promise<Sent>;

const prefix = 'whsec_';

/** A key as Standard Webhooks write it, or any text. */
const keyOf = (text: string): Uint8Array => (text.startsWith(prefix) ? fromBase64(text.slice(prefix.length)) : asBytes(text));

/** On the machine of a developer, the variable may have the key itself. */
const readKey = (read: ReadSecret = fromSecretsManager): ReadSecret => (id) => (id.startsWith(prefix) ? Promise.resolve(id) : read(id));

/** The headers by which a receiver knows who sent this, and that it is neither changed nor old (Standard Webhooks 1.0, "Signature scheme"). */
export const signatureHeaders = (key: string, id: string, epochMs: number, body: string): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(epochMs / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${toBase64(hmac(keyOf(key), `${id}.${timestamp}.${body}`))}` };
};

/** Empty where the caller gave none. Values within an address name something there, and never another place. */
const addressOf = (url: Template, facts: Facts): string => {
  if (url.kind !== 'text') return String(fill(url, facts) ?? '');
  const [first, ...rest] = url.parts.map((part, index) => (typeof part === 'string' ? part : index === 0 ? textOf(part, facts) ?? '' : encodeURIComponent(textOf(part, facts) ?? '')));
  return first === undefined || first === '' ? '' : [first, ...rest].join('');
};

type Senders = { readonly [name: string]: Send<unknown> };

/** The callbacks of an operation, as its handler is given them. The address is what the accepted request says. */
export const callbacks = (contracts: readonly CallbackContract[], surroundings: Partial<Surroundings> = {}): ((facts: Facts, id?: string) => Senders) => {
  const made = contracts.map((contract) => ({ contract, key: secret(contract.secret, surroundings.now, readKey(surroundings.readSecret)) }));
  return (facts, id) => Object.fromEntries(made.map(({ contract, key }) => [contract.name, async (body: unknown): Promise<Sent> => {
    const url = addressOf(contract.url, facts);
    if (url === '') return { sent: false };
    const text = body === undefined ? '' : JSON.stringify(body);
    // The same for every attempt, and for every time that a worker tries again: so a receiver knows what it had before.
    const message = id === undefined ? `msg_${uuid()}` : `msg_${id}_${contract.name}`;
    const signing = await key();
    return deliver({ ...contract, url, body: text, headers: (now) => ({ ...(text === '' ? {} : { 'content-type': 'application/json' }), ...signatureHeaders(signing, message, now, text) }) }, surroundings)
      .then(({ status, attempts }) => ({ sent: true, id: message, status, attempts }));
  }]));
};

/** The same for a worker, to whom the body is all that is left of the request; the id of the work makes that of the message. */
export const workCallbacks = (contracts: readonly CallbackContract[], surroundings: Partial<Surroundings> = {}): ((body: unknown, id: string) => Senders) => {
  const of = callbacks(contracts, surroundings);
  return (body, id) => of({ incoming: {} as Incoming, normalised: { request: { body } } as Facts['normalised'] }, id);
};
