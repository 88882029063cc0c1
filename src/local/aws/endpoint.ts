import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createServer2 } from 'node:http2';
import { connect, createServer as listenRaw, type Server, type Socket } from 'node:net';
import { headerOf, readRequest, sendAnswer, type WireAnswer, type WireRequest } from '../exchange.js';
import { isLoopbackHost, loopback, portOf } from '../server.js';
import { jsonCall, queryCall } from './calls.js';
import { objectCall, type ObjectsSite } from './objects.js';
import { isLink } from './signed.js';

export interface Endpoint { readonly url: string; readonly close: () => Promise<void> }

/** Uploads by link are larger than what a gateway takes; more than this is no matter for a developer's machine. */
const mostBytes = 256 * 1024 * 1024;

/**
 * The embedded services as clients of the real ones speak to them, on the loopback address. Signatures are not asked for, so a
 * page of some other site must get nothing here but by a link or a form that was signed for it.
 */
export const startEndpoint = async (site: ObjectsSite): Promise<Endpoint> => {
  const serve = async (request: WireRequest): Promise<WireAnswer> => {
    const origin = headerOf(request.headers, 'origin');
    if (origin === undefined) return await jsonCall(request, site.call) ?? await queryCall(request, site.call) ?? objectCall(request, site);
    const readable = [['Access-Control-Allow-Origin', origin], ['Access-Control-Expose-Headers', 'ETag'], ['Vary', 'Origin']] as const;
    if (request.method === 'OPTIONS') return { status: 204, headers: [...readable, ['Access-Control-Allow-Methods', 'GET, HEAD, PUT, POST'], ['Access-Control-Allow-Headers', headerOf(request.headers, 'access-control-request-headers') ?? '']], body: '' };
    const isForm = request.method === 'POST' && (headerOf(request.headers, 'content-type')?.startsWith('multipart/form-data') ?? false);
    if (!isForm && !isLink(request)) return { status: 403, headers: [], body: 'Pages reach this by signed links and forms only.' };
    const answer = await objectCall(request, site);
    return { ...answer, headers: [...answer.headers, ...readable] };
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const answer = isLoopbackHost(message.headers.host ?? String(message.headers[':authority'])) ? whole(message).then((request) => (request ? serve(request) : { status: 413, headers: [], body: '' }))
      : Promise.resolve({ status: 403, headers: [], body: 'These services serve localhost only.' });
    answer.then((given) => sendAnswer(response, given, message.method ?? 'GET'), () => message.destroy());
  };
  const one = createServer(listener);
  // The compatible interface has what is used here.
  const two = createServer2(listener as unknown as Parameters<typeof createServer2>[0]);
  const sockets = new Set<Socket>();
  // The client for streams begins with HTTP/2, all others speak HTTP/1.1: the first bytes tell.
  const server = listenRaw((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      if (first.toString('latin1').startsWith('PRI *')) {
        // A session reads from the connection itself, where what was read already is no more.
        const inner = connect(portOf(two), loopback).on('error', () => socket.destroy());
        inner.write(first);
        socket.pipe(inner).pipe(socket);
        return;
      }
      socket.pause();
      socket.unshift(first);
      one.emit('connection', socket);
      socket.resume();
    });
  });
  await Promise.all([listen(two), listen(server)]);
  return {
    url: `http://${loopback}:${portOf(server)}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([stop(two), stop(server)]);
    },
  };
};

const whole = (message: IncomingMessage): Promise<WireRequest | undefined> =>
  new Promise((resolve, reject) => readRequest(message, mostBytes, resolve, () => reject(new Error('The caller went away'))));

type Listening = Pick<Server, 'once' | 'listen' | 'close' | 'address'>;
const listen = (server: Listening): Promise<void> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(0, loopback, () => resolve());
});
const stop = (server: Listening): Promise<void> => new Promise((resolve) => { server.close(() => resolve()); });
