import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonChanges } from '../../src/diff/render/changes.js';
import { gatewright, scratch } from '../support/cli.js';

const things = (more: string, head = ''): string => `openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
${head}paths:
  /things:
    get:
      operationId: readThings
      security: []
      parameters:
        - ${more}
      responses:
        '200': { description: Done. }
`;
const before = things('{ in: query, name: limit, schema: { type: integer, maximum: 100 } }');
const after = things('{ in: query, name: limit, schema: { type: integer, maximum: 50 } }');
const hostile = things("{ in: query, name: 'limit', schema: { type: string, enum: ['a', '|x|<img src=x onerror=y>@all`$(id)`\\n## h'] } }".replaceAll("'", '"'));

const folder = scratch();
const git = (...words: string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: folder, encoding: 'utf8' });
const run = (words: readonly string[], input?: string) => gatewright(['diff', ...words], { cwd: folder, ...(input === undefined ? {} : { input }) });

beforeAll(() => {
  writeFileSync(join(folder, 'old.yaml'), before);
  writeFileSync(join(folder, 'new.yaml'), after);
  mkdirSync(join(folder, 'api'));
  writeFileSync(join(folder, 'api', 'parts.yaml'), 'limit: { type: integer, maximum: 100 }\n');
  writeFileSync(join(folder, 'secret.yaml'), 'limit: { type: integer }\n');
  writeFileSync(join(folder, 'api', 'openapi.yaml'), things("{ in: query, name: limit, schema: { $ref: 'parts.yaml#/limit' } }"));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  writeFileSync(join(folder, 'api', 'parts.yaml'), 'limit: { type: integer, maximum: 50 }\n');
});

describe('gatewright diff', () => {
  it('shows both places with line and caret, and fails only where it was asked to', () => {
    const { code, out } = run(['old.yaml', 'new.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('breaking[diff/request-bound-tightened]: Query parameter `limit` is at most 50, and was at most 100');
    expect(out).toMatch(/--> new\.yaml:9:71\n[\s\S]*\^\^\n[\s\S]*::: old\.yaml:9:71\n[\s\S]*\^\^\^ the older version/);
    expect(out).toContain('Look at GET /things.');
    expect(out).toContain('1 breaking and 1 risky changes');
  });

  it.each([
    [['old.yaml', 'new.yaml', '--fail-on', 'breaking'], 1],
    [['new.yaml', 'old.yaml', '--fail-on', 'breaking'], 0],
    [['new.yaml', 'old.yaml', '--fail-on', 'risky'], 0],
    [['old.yaml', 'old.yaml', '--fail-on', 'risky'], 0],
    [['old.yaml', 'nowhere.yaml'], 1],
    [['old.yaml'], 2],
    [['-', '-'], 2],
    [['git:main', 'old.yaml'], 2],
    [['git:nowhere:old.yaml', 'old.yaml'], 2],
    [['git:--output=x:old.yaml', 'old.yaml'], 2],
    [['git:main:nowhere.yaml', 'old.yaml'], 1],
  ] as const)('%j exits with %i', (words, want) => {
    const { code, err } = run(words);
    expect(code).toBe(want);
    expect(err).not.toContain('bug of gatewright');
  });

  it('tells changes worst first, and of one verdict in the order in which one reads the newer document', () => {
    const many = (max: number): string => things('{ in: query, name: q, schema: { type: string } }') + ['b', 'a'].map((path) => `  /${path}:
    get:
      operationId: ${path}
      security: []
      parameters:
        - { in: query, name: limit, schema: { type: integer, maximum: ${max} } }
        - { in: query, name: most, schema: { type: integer, maximum: ${150 - max} } }
      responses:
        '200': { description: Done. }
`).join('');
    writeFileSync(join(folder, 'many.yaml'), many(100));
    const { changes } = JSON.parse(run(['many.yaml', '-', '--format', 'json'], many(50)).out) as JsonChanges;
    expect(changes.map(({ verdict, now }) => [verdict, now.line])).toEqual([['breaking', 17], ['breaking', 26], ['risky', 2], ['safe', 18], ['safe', 27]]);
  });

  it('reads one side from standard input', () => {
    expect(run(['old.yaml', '-', '--fail-on', 'breaking'], after).code).toBe(1);
  });

  it('reads a revision with what it refers to', () => {
    const { out } = run(['git:main:api/openapi.yaml', 'api/openapi.yaml', '--format', 'json']);
    const { changes } = JSON.parse(out) as JsonChanges;
    expect(changes.filter(({ verdict }) => verdict === 'breaking').map(({ code, was, now, operations }) => [code, was.file, was.line, now.file, operations])).toEqual([
      ['diff/request-bound-tightened', 'git:main:api/parts.yaml', 1, 'api/parts.yaml', ['GET /things']],
    ]);
    expect(run(['git:HEAD:api/openapi.yaml', 'git:main:api/openapi.yaml']).out).toContain('no change of the API or its policy');
  });

  it('keeps references of a revision inside of the folder, as it does those of files', () => {
    writeFileSync(join(folder, 'api', 'out.yaml'), things("{ in: query, name: limit, schema: { $ref: '../secret.yaml#/limit' } }"));
    git('add', '-A');
    git('commit', '-q', '-m', 'two');
    const outside = run(['git:main:api/out.yaml', 'api/out.yaml', '--format', 'json']);
    expect(outside.err).toContain('git:main:api/out.yaml has errors');
    expect(outside.err).toContain('api/out.yaml has errors');
    expect(run(['git:main:api/out.yaml', 'api/out.yaml', '--allow-root', '.']).err).toBe('');
  });

  it('leaves out what the newer document allows', () => {
    const allowed = things('{ in: query, name: limit, schema: { type: integer, maximum: 50 } }', 'x-gateway-allow:\n  - { rule: diff/request-bound-tightened, reason: nobody asked for more }\n');
    expect(run(['old.yaml', '-', '--fail-on', 'breaking'], allowed).code).toBe(0);
    const checked = gatewright(['check', '-', '--format', 'json'], { input: allowed });
    expect(checked.out).not.toContain('allowance/');
  });

  it('says the same as SARIF and as annotations', () => {
    const sarif = JSON.parse(run(['old.yaml', 'new.yaml', '--format', 'sarif']).out) as { runs: [{ results: { ruleId: string; level: string; relatedLocations: unknown[] }[]; tool: { driver: { rules: unknown[] } } }] };
    expect(sarif.runs[0].results.map(({ ruleId, level, relatedLocations }) => [ruleId, level, relatedLocations.length])).toEqual([['diff/request-bound-tightened', 'error', 1], ['diff/api-version-kept', 'warning', 1]]);
    expect(run(['old.yaml', 'new.yaml', '--format', 'github']).out).toMatch(/^::error file=new\.yaml,line=9,col=71,endColumn=73,title=diff\/request-bound-tightened::/);
  });

  it('writes a comment for a pull request, in which text of a document does nothing', () => {
    writeFileSync(join(folder, 'hostile.yaml'), hostile);
    const { out } = run(['hostile.yaml', 'old.yaml', '--format', 'markdown']);
    expect(out).toContain('| Breaking | 1 |');
    expect(out).toContain('<details open><summary>Breaking</summary>');
    expect(out.replace(/`[^`]*`/g, '')).not.toMatch(/<img|@all|^## /m);
    expect(run(['old.yaml', 'old.yaml', '--format', 'markdown']).out).toContain('No change of the API or its policy.');
  });

  it('writes a changelog', () => {
    expect(run(['old.yaml', 'new.yaml', '--format', 'changelog']).out).toMatch(/^## 1\.0\.0\n\nSince 1\.0\.0: 1 breaking and 1 risky changes\.\n\n### Breaking\n\n- Query parameter `limit` is at most 50, and was at most 100 \(GET \/things\)\n/);
  });
});
