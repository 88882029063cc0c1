import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileAll, compileSpec, filesOf } from '../support/compile.js';
import { temporary, write } from '../support/generated.js';
import { hostileTexts, sound } from '../support/texts.js';

/** Texts that a schema may have in every place; none twice, for an enumeration has none twice. */
const texts = [...new Set([...['\'', '"', '`', '${x}', '\\', '\\\\', '\u2028', '*/', '</script>', '__proto__', 'constructor', '\r\n', '\u0000', '{{x}}', '$&'], ...hostileTexts(200).map(sound)])].filter((text) => text !== '');

/** As written in a document, with what matches and what does not. */
const patterns: readonly (readonly [pattern: string, right: string, wrong: string])[] = [
  ['^\\\\/$', '\\/', '/'], ['^\\\\\\\\/$', '\\\\/', '\\/'], ['^[/]$', '/', '\\'], ['^a\nb$', 'a\nb', 'ab'], ['^\\n$', '\n', 'n'], ['^[\\]/]+$', ']/', '['], ["^'\"`$", '\'"`', '"'], ['^\\$\\{x\\}$', '${x}', 'x'],
  ['^\\*/$', '*/', '/'], ['^\u2028$', '\u2028', '\n'], ['^\\u{1F600}$', '😀', 'u'], ['^</script>$', '</script>', 'script'], ['^\\d+(?=/)', '12/', '12'],
];

const document = {
  openapi: '3.1.0', info: { title: 'Texts', version: '1' },
  paths: {
    '/texts': {
      get: { operationId: 'getTexts', parameters: texts.slice(0, 15).map((text, index) => ({ name: `p${String(index).padStart(2, '0')}`, in: 'query', schema: { type: 'string', default: text } })), responses: { 200: { description: 'All.' } } },
      post: {
        operationId: 'putText', responses: { 204: { description: 'Kept.' } },
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: {
          one: { enum: texts }, ...Object.fromEntries(texts.map((text, index) => [`c${index}`, { const: { [text]: [text] } }])), ...Object.fromEntries(patterns.map(([pattern], index) => [`m${index}`, { type: 'string', pattern }])),
        } } } } },
      },
    },
  },
};

interface Loaded { readonly contract: { readonly parameters: readonly { readonly default?: unknown }[]; readonly body?: { readonly contents: readonly { readonly validate: (value: unknown) => boolean }[] } } }

describe('the validators that are generated', () => {
  const contracts = new Map<string, Loaded['contract']>();
  beforeAll(async () => {
    const source = join(temporary(), 'openapi.json');
    writeFileSync(source, JSON.stringify(document));
    const folder = write(filesOf(await compileAll(source)));
    for (const name of ['get-texts', 'put-text']) {
      const outfile = join(folder, `${name}.mjs`);
      await build({ entryPoints: [join(folder, `generated/validators/${name}.js`)], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' });
      contracts.set(name, ((await import(pathToFileURL(outfile).href)) as Loaded).contract);
    }
  });
  const takes = (body: object): boolean | undefined => contracts.get('put-text')?.body?.contents[0]?.validate(body);

  it('have just the values of the document: defaults, enumerations, constants', () => {
    expect(contracts.get('get-texts')?.parameters.map((parameter) => parameter.default)).toEqual(texts.slice(0, 15));
    expect(texts.filter((one) => takes({ one }) !== true)).toEqual([]);
    expect(texts.filter((text) => takes({ one: `${text}x${text}` }) !== false && !texts.includes(`${text}x${text}`))).toEqual([]);
    const constant = (text: string): object => Object.fromEntries([[text, [text]]]);
    expect(texts.filter((text, index) => takes({ [`c${index}`]: constant(text) }) !== true)).toEqual([]);
    expect(texts.filter((text, index) => takes({ [`c${index}`]: constant(`${text}x`) }) !== false)).toEqual([]);
  });

  it.each(patterns.map(([pattern, right, wrong], index) => [pattern, right, wrong, index] as const))('accept what the document accepts: %j takes %j, not %j', (_, right, wrong, index) => {
    expect([takes({ [`m${index}`]: right }), takes({ [`m${index}`]: wrong })]).toEqual([true, false]);
  });
});

describe('modules that are generated, with no stub filled in', () => {
  it.each(['orders', 'uploads', 'workflow'])('of %s do nothing when they are loaded', async (spec) => {
    const folder = write(filesOf(await compileSpec(spec)));
    const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?:generated\/(?!build)|handlers\/|workers\/|authorizers\/).*(?<!\.d)\.[jt]s$/.test(name) && statSync(join(folder, name)).isFile()).sort();
    expect(modules.length).toBeGreaterThan(50);
    await build({ entryPoints: modules.map((name) => join(folder, name)), outdir: join(folder, 'loaded'), outbase: folder, format: 'esm', platform: 'node', logLevel: 'silent', packages: 'external', bundle: true });
    writeFileSync(join(folder, 'load.mjs'), `import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import fs from 'node:fs'; import child from 'node:child_process';
for (const [module, name] of [[net, 'connect'], [net, 'createConnection'], [net, 'createServer'], [tls, 'connect'], [dns, 'lookup'], [fs, 'writeFileSync'], [fs, 'createWriteStream'], [child, 'spawn'], [child, 'fork']]) module[name] = () => { throw new Error(name); };
globalThis.fetch = globalThis.setInterval = globalThis.setTimeout = () => { throw new Error('a global of effect'); };
// Node's own loader asks for one itself.
process.env = new Proxy({}, { get: (_, name) => { if (name !== 'WATCH_REPORT_DEPENDENCIES') throw new Error(\`the variable \${String(name)}\`); } });
const before = Object.keys(globalThis).join();
const say = (...words) => fs.writeSync(1, JSON.stringify(words));
for (const name of ${JSON.stringify(modules.map((name) => `./loaded/${name.replace(/\.ts$/, '.js')}`))}) await import(name).catch((error) => { say(name, error.message); });
if (Object.keys(globalThis).join() !== before) say('a global was made');
`);
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'load.mjs')], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toBe('');
  });
});
