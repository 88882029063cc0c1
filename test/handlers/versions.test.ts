import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HttpEvent, HttpResult } from '../../src/runtime/http.js';
import { gatewright, scratch, specs } from '../support/cli.js';
import { apiOf, bundle, generate, typecheck, write } from '../support/generated.js';
import { payments } from './payments.js';

const document = readFileSync(join(specs, 'versions/openapi.yaml'), 'utf8');
const entries = new Map<string, (event: HttpEvent) => Promise<HttpResult>>();
let errors: string;

beforeAll(async () => {
  const files = new Map([...await generate(await apiOf(document)), ...payments]);
  const folder = write(files);
  errors = typecheck(folder);
  for (const path of files.keys()) {
    if (path.startsWith('generated/entry/')) entries.set(path.slice('generated/entry/'.length, -3), (await bundle(folder, path)).module['handler'] as (event: HttpEvent) => Promise<HttpResult>);
  }
}, 120_000);

const ask = async (entry: string, path: string, body: object, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: unknown; readonly headers: Readonly<Record<string, string>> }> => {
  const { statusCode: status, body: text, headers: answered } = await entries.get(entry)?.({
    version: '2.0', routeKey: `POST ${path}`, rawPath: path, rawQueryString: '', headers: { 'content-type': 'application/json', ...headers }, isBase64Encoded: false, body: JSON.stringify(body),
    requestContext: { http: { method: 'POST', path }, requestId: 'r', timeEpoch: 1767225600000 },
  }) as HttpResult;
  return { status, body: text === '' ? undefined : JSON.parse(text) as unknown, headers: answered };
};
const on = (date: string): Record<string, string> => ({ 'api-version': date });
const newest = { amount: { value: 1200, currency: 'EUR' } };

test('what the developer writes is typed by both versions', () => expect(errors).toBe(''));

describe('the path of a version', () => {
  test.each<[string, string, string, object, unknown]>([
    ['one step below the newest', 'create-payment20250601', '/2025-06-01/payments', { amount: 12, currency: 'USD' }, { id: 'p-1200-USD', amount: 12, currency: 'USD', paid: true }],
    ['two steps below: up the chain and down again', 'create-payment20240201', '/2024-02-01/payments', { euros: 7 }, { id: 'p-700-EUR', euros: 7, paid: true }],
  ])('%s', async (_, entry, path, body, want) => {
    expect(await ask(entry, path, body)).toMatchObject({ status: 201, body: want });
  });

  test('holds requests to its own contract', async () => {
    expect(await ask('create-payment20240201', '/2024-02-01/payments', newest)).toMatchObject({ status: 400 });
  });

  test('tells since when it is deprecated, and until when it is there, with every answer', async () => {
    const told = { deprecation: '@1768435200', sunset: 'Fri, 15 Jan 2027 23:59:59 GMT' };
    expect((await ask('create-payment20250601', '/2025-06-01/payments', { amount: 12, currency: 'USD' })).headers).toMatchObject(told);
    expect((await ask('create-payment20250601', '/2025-06-01/payments', {})).headers).toMatchObject(told);
  });

  test('may answer by itself what the next version cannot do', async () => {
    expect(await ask('create-payment20240201', '/2024-02-01/payments', { euros: 999_999 })).toMatchObject({ status: 409, body: undefined });
  });

  test('gives errors of the newest version\'s handler the status that they have there', async () => {
    expect(await ask('create-payment20250601', '/2025-06-01/payments', { amount: 13, currency: 'USD' })).toMatchObject({ status: 409, body: { code: 'Refused' } });
  });
});

describe('the header of the newest route', () => {
  test.each<[string, Record<string, string>, object, unknown]>([
    ['the newest by its own day', on('2026-01-15'), newest, { id: 'p-1200-EUR', amount: { value: 1200, currency: 'EUR' }, status: 'settled' }],
    ['the newest by any later day', on('2031-12-31'), newest, { id: 'p-1200-EUR' }],
    ['the version that was in force on a day', on('2025-12-24'), { amount: 12, currency: 'USD' }, { paid: true, amount: 12 }],
    ['the first version', on('2024-02-01'), { euros: 7 }, { euros: 7 }],
    ['the pinned default where nobody says', {}, { amount: 12, currency: 'USD' }, { paid: true, amount: 12 }],
  ])('%s', async (_, headers, body, want) => {
    const answer = await ask('create-payment', '/payments', body, headers);
    expect(answer).toMatchObject({ status: 201, body: want, headers: { vary: expect.stringContaining('api-version') as string } });
  });

  test.each<[string, string, string]>([
    ['before the first version', '2024-01-31', 'must not be before 2024-02-01, the first version'],
    ['no day', 'latest', 'must be the day of a version, as 2026-01-15'],
  ])('%s is refused, with the header\'s name', async (_, date, message) => {
    expect(await ask('create-payment', '/payments', newest, on(date))).toMatchObject({ status: 400, body: { errors: [{ in: 'header', name: 'api-version', message }] } });
  });
});

test('is not written yet in any version until it is in the newest', async () => {
  const files = await generate(await apiOf(document));
  const folder = write(files);
  expect(typecheck(folder)).toBe('');
  for (const path of files.keys()) {
    if (!path.startsWith('generated/entry/')) continue;
    entries.set('fresh', (await bundle(folder, path)).module['handler'] as (event: HttpEvent) => Promise<HttpResult>);
    const route = path.includes('2025') ? '/2025-06-01/payments' : path.includes('2024') ? '/2024-02-01/payments' : '/payments';
    expect(await ask('fresh', route, path.includes('2024') ? { euros: 1 } : path.includes('2025') ? { amount: 1, currency: 'EUR' } : newest, on('2026-01-15'))).toMatchObject({ status: 501 });
  }
});

test('the code of an older version has the grants of the newest, whose work it does', async () => {
  const api = await apiOf(document);
  expect([...api.operations.values()].map(({ policy }) => policy.uses.map(({ resource, access }) => `${resource}: ${access}`))).toEqual([['payments: write'], ['payments: write'], ['payments: write']]);
});

test('a REST API leaves the body to the function where a route answers several versions', async () => {
  const rest = document.replace('name: payments\n', 'name: payments\n  protocol: rest\n');
  const folder = scratch();
  writeFileSync(join(folder, 'openapi.yaml'), rest);
  const built = gatewright(['build', 'openapi.yaml', '--out', 'api'], { cwd: folder });
  expect(built.code).toBe(0);
  const template = readFileSync(join(folder, 'api/infra/template.yaml'), 'utf8');
  const models = [...template.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
  expect([models.some((name) => /CreatePayment2024/i.test(name ?? '')), models.some((name) => /^CreatePayment(?!20)/i.test(name ?? ''))]).toEqual([true, false]);
});

test('the contract suite holds every version to its promises, on the local gateway', () => {
  const folder = scratch();
  expect(gatewright(['build', join(specs, 'versions/openapi.yaml'), '--out', folder]).code).toBe(0);
  for (const [path, text] of payments) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = gatewright(['test', join(specs, 'versions/openapi.yaml'), '--out', folder, '--format', 'json']);
  const { total, operations } = JSON.parse(run.out) as { readonly total: { readonly kept: number; readonly broken: number }; readonly operations: Readonly<Record<string, { readonly kept: number }>> };
  expect([run.code, total.broken]).toEqual([0, 0]);
  expect(Object.values(operations).filter(({ kept }) => kept > 5).length).toBe(3);
});
