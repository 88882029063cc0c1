import { beforeAll, describe, test } from 'vitest';
import type { Broken } from './answer.js';
import type { PromiseName } from './fixtures.js';
import { Absent, Unknown } from './errors.js';
import type { Reply, Session } from './session.js';

declare module 'vitest' {
  interface TaskMeta { gatewright?: { operation: string; promise: string; at: string } }
}

/** What a test may say beside failing. */
export interface Told {
  /** The case does not apply here, and why. */
  readonly skip: (reason: string) => never;
  /** Fails where something is broken: with the request, the promise and its line, and what came. */
  readonly hold: (reply: Reply, broken: readonly Broken[]) => void;
}

/** Tests of one operation, or of several together. */
export class Promises {
  /** `served`: by code; where a service is called, a local gateway that cannot do that leaves cases out. */
  constructor(readonly session: Session, readonly operation: string, readonly served = true) {}

  section(promise: PromiseName, define: (test: (name: string, at: string, run: (told: Told) => Promise<void>) => void) => void): void {
    const { operation, session, served } = this;
    describe(promise, () => define((name, at, run) => {
      test(name, async ({ task, skip }) => {
        task.meta.gatewright = { operation, promise, at };
        const exception = session.fixtures.except?.find((each) => each.operation === operation && (each.promise === undefined || each.promise === promise) && (each.case === undefined || each.case === name));
        if (exception) skip(exception.reason);
        await session.reset();
        try {
          await run({ skip: (reason) => skip(reason), hold: (reply, broken) => {
            if (reply.status === 501 && !served && session.settings.local) skip('the local gateway does not call this service');
            hold(session, operation, reply, broken);
          } });
        } catch (error) {
          if (error instanceof Absent) skip(error.message);
          if (error instanceof Unknown) throw new Error(`${operation}: ${error.message}`);
          throw error;
        }
      });
    }));
  }
}

/** Seeds what the fixtures say, once a file. */
export const seeded = (session: Session): void => beforeAll(async () => session.fixtures.before?.(session.settings.url));

const line = (session: Session, at: string): string => session.settings.lines[at] ?? session.settings.lines[at.replace(/\/(?:headers\/[^/]+|content)$/, '')] ?? at;

const hold = (session: Session, operation: string, reply: Reply, broken: readonly Broken[]): void => {
  if (broken.length === 0) return;
  const shown = reply.text.length > 1500 ? `${reply.text.slice(0, 1500)}…` : reply.text;
  throw Object.assign(new Error([
    `${operation} ${broken.map(({ message }) => message).join('; ')}`,
    ...[...new Set(broken.map(({ at }) => line(session, at)))].map((place) => `  promised at ${place}`),
    `  request      ${reply.curl}`,
    `  came         ${reply.status} ${reply.headers.get('content-type') ?? ''}`,
    ...(shown === '' ? [] : [`               ${shown}`]),
  ].join('\n')), { stack: '' });
};
