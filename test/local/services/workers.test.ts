import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, type Served } from '../support.js';
import { documentWith } from './document.js';

const json = { 'content-type': 'application/json' };

/** Writes what it is given into a file, and fails for bodies of `bad`. */
const workerOf = (name: string): string => `import { appendFileSync } from 'node:fs';
import { worker } from '../generated/contract/workers/${name}.js';
export const handler = worker(async (work) => {
  appendFileSync(process.env['WORK_LOG'] ?? '', JSON.stringify({ attempt: work.attempt, body: work.body, tracked: work.trackingId !== undefined }) + '\\n');
  if ((work.body as { a?: string }).a === 'bad') throw new Error('no');
});
`;

describe('workers', () => {
  let served: Served | undefined;
  afterEach(async () => {
    await served?.close();
    delete process.env['WORK_LOG'];
  });
  const open = async (through: string, test: boolean): Promise<Served> => {
    const opened = await serve(documentWith({ policy: { async: { through, tracking: '$context.requestId' } } }), { [`../workers/${through}`]: workerOf(through) }, {}, { test });
    process.env['WORK_LOG'] = join(opened.folder, 'work.log');
    served = opened;
    // Time passes when it is told to: none of it between two requests, however busy this machine is.
    if (test) await opened.ask('POST', '/_gatewright/clock', json, '{"hold":true}');
    return opened;
  };
  const done = ({ folder }: Served): unknown[] => (existsSync(join(folder, 'work.log')) ? readFileSync(join(folder, 'work.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown) : []);
  const send = (gateway: Served, a: string) => gateway.ask('POST', '/work', json, JSON.stringify({ a }));
  const work = (gateway: Served, advance = '0s') => gateway.ask('POST', '/_gatewright/clock', json, JSON.stringify({ advance })).then(() => gateway.ask('POST', '/_gatewright/work', json, '{}'));

  it('of a queue run when asked in test mode; what fails of a batch comes again, and then lies with the dead letters', async () => {
    const gateway = await open('inbox', true);
    for (const a of ['good', 'bad']) await send(gateway, a);
    expect(done(gateway)).toEqual([]);
    expect(JSON.parse((await work(gateway)).body)).toEqual({ batches: 1 });
    const first = [{ attempt: 1, body: { a: 'good' }, tracked: true }, { attempt: 1, body: { a: 'bad' }, tracked: true }];
    expect(done(gateway)).toEqual(expect.arrayContaining(first));
    await work(gateway, '59s');
    expect(done(gateway)).toHaveLength(2);
    await work(gateway, '1s');
    expect(done(gateway).slice(2)).toEqual([{ attempt: 2, body: { a: 'bad' }, tracked: true }]);
    await work(gateway, '60s');
    const { messages, deadLetters } = JSON.parse((await gateway.ask('GET', '/_gatewright/resources/inbox')).body) as { messages: unknown[]; deadLetters: { body: string }[] };
    expect([done(gateway).length, messages, deadLetters.map(({ body }) => body)]).toEqual([3, [], ['{"a":"bad"}']]);
  });

  it.each(['notices', 'events'])('of %s are tried again after a minute, and two more', async (through) => {
    const gateway = await open(through, true);
    await send(gateway, 'bad');
    for (const advance of ['0s', '59s', '1s', '120s', '600s']) await work(gateway, advance);
    expect(done(gateway)).toEqual(Array.from({ length: 3 }, () => ({ attempt: 1, body: { a: 'bad' }, tracked: true })));
  });

  it('run by themselves otherwise', async () => {
    const gateway = await open('inbox', false);
    await send(gateway, 'good');
    await expect.poll(() => done(gateway), { timeout: 20_000 }).toEqual([{ attempt: 1, body: { a: 'good' }, tracked: true }]);
  });
});
