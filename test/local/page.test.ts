import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './support.js';

const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.warn(`LEFT OUT: the page of the local gateway is looked at by no browser, since ${executablePath} is not here.`);

const payload = '<img src=x onerror="window.broken=1">';
const document = {
  openapi: '3.1.0', info: { title: `Page ${payload}`, version: '1' }, security: [],
  'x-gateway': { protocol: 'rest', stages: { dev: { cacheSize: 0.5 } } },
  paths: {
    '/cached': { get: { operationId: 'cached', parameters: [{ name: 'q', in: 'query', schema: { type: 'string', maxLength: 90 } }], responses: { 200: { description: 'Fine.', content: { 'application/json': { schema: { type: 'object' } } } } }, 'x-gateway': { throttle: { rate: 0.1, burst: 7 }, cache: { ttl: '10s', key: ['query.q'] } } } },
  },
};
const handlers = { cached: "import { cached } from '../generated/contract/cached.js';\nexport const handler = cached(async () => ({ status: 200, body: {} }));\n" };

describe.skipIf(!hasBrowser)('the page of the local gateway, in a browser', () => {
  let served: Served;
  let browser: BrowserContext;
  let page: Page;
  const profile = mkdtempSync(join(tmpdir(), 'gatewright-chromium-'));
  const faults: string[] = [];
  beforeAll(async () => {
    served = await serve(document, handlers);
    browser = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`${served.url}/_gatewright`);
  });
  afterAll(async () => {
    await browser?.close();
    await served.close();
    rmSync(profile, { recursive: true, force: true });
  });

  it('shows the routes, as text', async () => {
    await page.waitForSelector('#routes tr');
    expect(await page.textContent('h1')).toBe(`Page ${payload}`);
    expect(await page.textContent('#routes')).toBe('GET /cachedcachedeveryonefunction cached');
    expect(await page.evaluate('window.broken')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('shows what is served meanwhile, step by step, and what is remembered of it', async () => {
    await served.ask('GET', `/cached?q=${encodeURIComponent(payload)}`);
    await served.ask('GET', `/${encodeURIComponent(payload)}`);
    await page.locator('#requests tr').nth(1).waitFor();
    const [missed, found] = await page.locator('#requests tr').allTextContents();
    expect(found).toMatch(/GET \/cached200.*route: \/cached.*throttle: passed.*cache: miss.*integrate: 200.*respond: 200/);
    expect(missed).toContain('404');
    expect(await page.locator('#throttles').textContent()).toContain('everyone: 6');
    expect(await page.locator('#caches tr').textContent()).toContain('querystring.q');
  });

  it('shows why a document was not taken, until one is', async () => {
    served.tell('error[x]: no');
    await page.locator('#problems').waitFor({ state: 'visible' });
    expect(await page.textContent('#problems')).toBe('error[x]: no');
  });

  it('runs no other script, and none of it failed', () => {
    expect(faults).toEqual([]);
  });
});

describe('the page', () => {
  it('is given to pages of no other origin, and says what it may load', async () => {
    const served = await serve(document, handlers);
    const { status, headers } = await served.ask('GET', '/_gatewright');
    expect([status, headers['content-security-policy']]).toEqual([200, expect.stringContaining("default-src 'none'")]);
    expect((await served.ask('GET', '/_gatewright', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await served.ask('GET', '/_gatewright/../package.json')).status).toBe(404);
    await served.close();
  });
});
