// Node's own server rather than a framework: headers must arrive in the order and case sent, paths as sent, and refusals of
// what is too large or malformed are the target's, which every framework answers in its own way before a hook is called.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions as HttpOptions, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { readRequest, sendAnswer, wireLimits, type WireAnswer, type WireRequest } from './exchange.js';
import { shownAt, type Tls } from './tls.js';

export interface ServerOptions {
  /** Port 0 takes a free one. */
  readonly port: number;
  /** An address to listen on, or a name; the loopback address unless said. */
  readonly host: string;
  /** Serves over TLS. */
  readonly tls?: Tls;
  /** Milliseconds in which all headers, and a whole request, must have come. */
  readonly patience: { readonly headersMs: number; readonly requestMs: number };
  readonly control: (request: WireRequest) => Promise<WireAnswer>;
  readonly serve: (request: WireRequest) => Promise<WireAnswer>;
}

export interface RunningServer { readonly url: string; readonly close: () => Promise<void> }

/** Where the developer asks about the gateway itself. */
export const controlPrefix = '/_gatewright';
/** Bytes that a question to the gateway itself may have. */
const controlBytes = 64 * 1024;
/** For how long a connection is kept that nothing is asked over, in milliseconds. After the five seconds that Node gives it, it was closed just as a client on a busy machine asked again, who then got no answer. */
const idleMs = 75_000;

/**
 * Serves on the loopback address unless told otherwise, and only requests that name it: a page in a browser must not reach a
 * developer's machine by a host name that points here.
 */
export const startServer = ({ port, host, tls, patience, control, serve }: ServerOptions): Promise<RunningServer> => {
  const scheme = tls ? 'https' : 'http';
  const isOwnName = host === loopback ? isLoopbackName : (name: string): boolean => isLoopbackName(name) || name === host || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  /** The host that was named last by one of this machine's names: most requests name the same. */
  let usual: string | undefined;
  const isOwnHost = (host: string): boolean => {
    if (host === usual) return true;
    const name = hostName(host);
    if (name === undefined || !isOwnName(name)) return false;
    usual = host;
    return true;
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const answer = (given: WireAnswer): void => finish(message, response, given);
    const lost = (): void => { message.destroy(); };
    const { rawHeaders, url = '/' } = message;
    const host = onlyHost(rawHeaders);
    if (host === undefined) return answer(text(400, 'Bad Request'));
    if (!isOwnHost(host)) return answer(text(403, 'This gateway serves localhost only.'));
    if (url === controlPrefix || url.startsWith(`${controlPrefix}/`) || url.startsWith(`${controlPrefix}?`)) {
      if (!isNearby(message, host, scheme)) return answer(text(403, 'Only this machine, and pages of this gateway, may ask that.'));
      return readRequest(message, controlBytes, (asked) => { if (asked) control(asked).then(answer, lost); else answer(tooLarge); }, lost);
    }
    if (url.length > wireLimits.urlBytes) return answer(text(414, 'Request-URI Too Long'));
    if (headerBytes(rawHeaders) > wireLimits.headerBytes) return answer(text(431, 'Request Header Fields Too Large'));
    readRequest(message, wireLimits.bodyBytes, (request) => {
      if (request) serve(tls?.truststore === undefined ? request : { ...request, shown: shownAt(message.socket as TLSSocket) }).then(answer, lost);
      else answer(tooLarge);
    }, lost);
  };
  const server = create(tls, { maxHeaderSize: wireLimits.headerBytes + 2 * wireLimits.urlBytes, headersTimeout: patience.headersMs, requestTimeout: patience.requestMs, keepAliveTimeout: idleMs, connectionsCheckingInterval: Math.min(patience.headersMs, 1_000) }, listener);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status = statusLines[error.code ?? ''] ?? '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve({ url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`, close: () => close(server) }));
  });
};

export const loopback = '127.0.0.1';

/** Whom to trust is said at the request: the gateway's own pages are for people without a certificate, too. */
const create = (tls: Tls | undefined, options: HttpOptions, listener: RequestListener): Server => {
  if (!tls) return createServer(options, listener);
  const { cert, key, truststore } = tls;
  return createTlsServer({ ...options, cert, key, minVersion: 'TLSv1.2', ...(options.headersTimeout === undefined ? {} : { handshakeTimeout: options.headersTimeout }), ...(truststore === undefined ? {} : { ca: truststore, requestCert: true, rejectUnauthorized: false }) }, listener);
};

/** What is left unread of a request goes with its connection. */
const finish = (message: IncomingMessage, response: ServerResponse, answer: WireAnswer): void => {
  if (!message.complete) response.setHeader('Connection', 'close');
  sendAnswer(response, answer, message.method ?? 'GET');
  if (!message.complete) response.once('finish', () => setTimeout(() => message.destroy(), lingerMs).unref());
};
/** A caller that is still sending must have a chance to read the answer before the connection is gone. */
const lingerMs = 500;

const statusLines: Readonly<Record<string, string>> = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout' };

/** As many as the lines have, with what separates name and value. */
const headerBytes = (raw: readonly string[]): number => {
  let total = raw.length * 2;
  for (const part of raw) total += part.length;
  return total;
};

/** The host that a request names; nothing where it names none, or several, of which readers differ in the one that they take. */
const onlyHost = (raw: readonly string[]): string | undefined => {
  let host: string | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.length !== 4 || raw[index]?.toLowerCase() !== 'host') continue;
    if (host !== undefined) return undefined;
    host = raw[index + 1];
  }
  return host;
};

const hostName = (host: string): string | undefined => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
const isLoopbackName = (name: string): boolean => /^(?:localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])$/.test(name);

/** Whether a request names this machine by one of its own names. */
export const isLoopbackHost = (host: string | undefined): boolean => isLoopbackName(hostName(host ?? '') ?? '');

/** A program of this machine, or a page that this gateway gave out: not some other page that a browser here has open. */
const isNearby = ({ socket: { remoteAddress }, headers: { origin, 'sec-fetch-site': site } }: IncomingMessage, host: string, scheme: string): boolean =>
  /^(?:127\.|::1$|::ffff:127\.)/.test(remoteAddress ?? '') && isLoopbackHost(host)
  && (origin === undefined || origin === `${scheme}://${host}`) && (site === undefined || site === 'same-origin' || site === 'none');

export const portOf = (server: Pick<Server, 'address'>): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const close = (server: Server): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve());
  server.closeAllConnections();
});

const text = (status: number, message: string): WireAnswer => ({ status, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ message }) });
/** The one error that a REST API answers in no form of the author's (developer guide, gateway responses). */
const tooLarge = text(413, 'Request Too Long');
