import { createServer, type Server } from 'node:http';
import { readRequest, sendAnswer, wireLimits, type WireAnswer } from './exchange.js';
import type { Gateway, Served } from './gateway.js';

/** One served request, for a log that people read. */
export interface LogEntry extends Omit<Served, 'answer'> {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly bytes: number;
}

/** A running gateway. `replace` puts another API in its place without closing the port. */
export interface RunningServer { readonly url: string; readonly replace: (gateway: Gateway) => void; readonly close: () => Promise<void> }

/**
 * Serves on the loopback address only, and only requests that name it: a page in a browser must not reach a
 * developer's machine by a host name that points here. Port 0 takes a free one.
 */
export const startServer = (first: Gateway, port: number, log: (entry: LogEntry) => void): Promise<RunningServer> => {
  let gateway = first;
  const server = createServer({ maxHeaderSize: wireLimits.headerBytes + wireLimits.urlBytes, requestTimeout: 60_000 }, (message, response) => {
    const started = performance.now();
    const path = (message.url ?? '/').split('?')[0] ?? '/';
    const finish = (served: Served): void => {
      sendAnswer(response, served.answer, message.method ?? 'GET');
      const { answer, ...rest } = served;
      log({ ...rest, method: message.method ?? 'GET', path, status: answer.status, milliseconds: performance.now() - started, bytes: answer.body.length });
    };
    if (!isLocalHost(message.headers.host)) return finish({ answer: text(403, 'This gateway serves localhost only.') });
    if (Buffer.byteLength(message.rawHeaders.join('')) > wireLimits.headerBytes) return finish({ answer: text(431, 'The headers are larger than the gateway takes.') });
    readRequest(message).then(
      (request) => {
        if (request) return gateway(request);
        response.setHeader('Connection', 'close');
        return { answer: text(413, 'Request Too Long') };
      },
    ).then(finish, () => message.destroy());
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${portOf(server)}`, replace: (next) => { gateway = next; }, close: () => close(server) }));
  });
};

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const close = (server: Server): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve());
  server.closeAllConnections();
});

const isLocalHost = (host: string | undefined): boolean => /^(?:localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host ?? '');

const text = (status: number, message: string): WireAnswer => ({ status, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ message }) });
