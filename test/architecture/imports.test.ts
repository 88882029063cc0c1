import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { sourceFiles } from '../support/sources.js';

const files = sourceFiles('src', 'generators');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
/** Scripts that a generator prints stand in templates, and import for themselves. */
const withoutTemplates = (text: string): string => text.replace(/`(?:\\[^]|[^`\\])*`/g, '``');
const importsOf = (file: string): string[] => [...withoutTemplates(textOf(file)).matchAll(/^(?:import|export)[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm)].map(([, first, second]) => first ?? second ?? '');
const targetOf = (file: string, specifier: string): string => relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/').replace(/\.js$/, '.ts');

/** Low to high; equal numbers may know each other. `runtime` stands apart: it knows only itself, and everyone may know it; so does `suite`, which knows the runtime and vitest. */
const ranks: Readonly<Record<string, number>> = {
  'src/runtime': -2, 'src/suite': -1, 'src/base': 0, 'src/diagnostics': 1, 'src/ir': 2, 'src/document': 3,
  'src/language': 4, 'src/load': 4, 'src/bind': 4, 'src/lint': 4, 'src/emit': 4, 'src/integrations': 4, 'src/expressions': 4, 'src/diff': 4,
  'src/lower': 5, 'src/catalog.ts': 6, 'src/compile.ts': 6, 'src/index.ts': 7, generators: 7, 'src/local': 7, 'src/cli': 8,
};
const placeOf = (file: string): string => (file.startsWith('generators/') ? 'generators' : file.split('/').length === 2 ? file : file.split('/').slice(0, 2).join('/'));

describe('import ranks', () => {
  it('knows every folder', () => {
    expect([...new Set(files.map(placeOf))].filter((place) => !(place in ranks))).toEqual([]);
  });
  it('has no import from a higher rank', () => {
    const wrong = files.flatMap((file) => importsOf(file).filter((specifier) => specifier.startsWith('.')).flatMap((specifier) => {
      const [from, to] = [placeOf(file), placeOf(targetOf(file, specifier))];
      return (ranks[to] ?? 99) > (ranks[from] ?? -99) ? [`${file} → ${specifier}`] : [];
    }));
    expect(wrong).toEqual([]);
  });
  it('keeps the runtime free of everything but itself', () => {
    expect(files.filter((file) => file.startsWith('src/runtime/')).flatMap((file) => importsOf(file).filter((specifier) => !specifier.startsWith('./')).map((specifier) => `${file} → ${specifier}`))).toEqual([]);
  });
  it('keeps the suite to itself, the runtime and vitest', () => {
    expect(files.filter((file) => file.startsWith('src/suite/')).flatMap((file) => importsOf(file).filter((specifier) => !/^(?:\.\/|\.\.\/runtime\/|vitest$)/.test(specifier)).map((specifier) => `${file} → ${specifier}`))).toEqual([]);
  });
  it('has no import in a circle', () => {
    const graph = new Map(files.map((file) => [file, importsOf(file).filter((specifier) => specifier.startsWith('.') && !new RegExp(`import type[^;]*from '${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`).test(textOf(file))).map((specifier) => targetOf(file, specifier))]));
    const circles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe('single doors', () => {
  it.each([
    ['@apidevtools/swagger-parser', /^src\/load\//],
    ['swagger2openapi', /^src\/load\//],
    ['ts-morph', /^generators\/kit\/typescript\//],
    ['handlebars', /^generators\/kit\//],
    ['ajv', /^(generators\/validators|src\/local)\//],
    ['@eslint-community/regexpp', /^(src\/lint|generators\/contract-tests)\//],
    ['regexp-ast-analysis', /^src\/lint\//],
    ['jose', /^src\/local\/auth\//],
    ['lru-cache', /^src\/local\//],
    ['find-my-way', /^src\/local\//],
    ['yargs', /^src\/cli\//],
    ['openapi-types', /^src\/(load|lower)\//],
    ['esbuild', /^(src\/local|generators\/bundle)\//],
    ['node:fs', /^src\/(load|emit|local|cli|diagnostics)\//],
  ])('%s is imported at one place only', (name, allowed) => {
    const importers = files.filter((file) => importsOf(file).some((specifier) => specifier === name || specifier.startsWith(`${name}/`)));
    expect(importers.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('no generator mentions OpenAPI but the one that publishes it, and the importer\'s definition', () => {
    const mentioning = files.filter((file) => /^generators\//.test(file) && !/^generators\/(openapi|sam|terraform|kit\/aws)\/|^generators\/index\.ts/.test(file)).filter((file) => /openapi/i.test(textOf(file)));
    expect(mentioning).toEqual([]);
  });

  it('no generator deletes, writes or asks the clock', () => {
    const pure = files.filter((file) => file.startsWith('generators/'));
    expect(pure.filter((file) => /\b(Date\.now|new Date\(\)|Math\.random|process\.(env|cwd|platform))\b/.test(textOf(file)))).toEqual([]);
  });

  it('each generator but the kit and the list is in the list', () => {
    const folders = readdirSync(join(root, 'generators'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'kit').map(({ name }) => name).sort();
    const listed = importsOf('generators/index.ts').flatMap((specifier) => /^\.\/([^/]+)\/index\.js$/.exec(specifier)?.[1] ?? []).sort();
    expect(listed).toEqual(folders);
  });

  it('each command is in the command line', () => {
    const commands = files.flatMap((file) => /^src\/cli\/commands\/([^/]+)\.ts$/.exec(file)?.[1] ?? []);
    const main = textOf('src/cli/main.ts');
    expect(commands.filter((name) => !main.includes(`./commands/${name}.js`))).toEqual([]);
  });
});

describe('size', () => {
  it('no file is over 300 lines', () => {
    expect(files.filter((file) => textOf(file).split('\n').length > 301)).toEqual([]);
  });
  it('the median file is under 120 lines', () => {
    const lengths = files.map((file) => textOf(file).split('\n').length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(120);
  });
  it('no folder is deeper than three', () => {
    expect(files.filter((file) => file.split('/').length > 4)).toEqual([]);
  });
});
