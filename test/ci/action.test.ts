import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

interface Step { readonly name: string; readonly id?: string; readonly if?: string; readonly run?: string; readonly uses?: string; readonly shell?: string; readonly env?: Readonly<Record<string, string>> }
interface Action { readonly inputs: Readonly<Record<string, { readonly default: string }>>; readonly runs: { readonly steps: readonly Step[] } }

const action = load(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
const steps = action.runs.steps;
const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```/gm)].map(([, text = '']) => text);

describe('the action', () => {
  it.each(steps.map((step) => [step.name, step] as const))('%s: takes inputs by the environment alone, and runs a script that is there', (_, { run = '', uses, shell, env = {} }) => {
    expect(run).not.toContain('${{');
    expect([uses, shell]).toEqual([undefined, 'bash']);
    for (const [, name = ''] of run.matchAll(/\$GITHUB_ACTION_PATH\/([\w./-]+)/g)) accessSync(join(root, name), constants.X_OK);
    for (const [, name = ''] of Object.values(env).join(' ').matchAll(/inputs\.([\w-]+)/g)) expect(Object.keys(action.inputs)).toContain(name);
  });

  it('uses every input that it declares', () => {
    const text = JSON.stringify(action.runs);
    expect(Object.keys(action.inputs).filter((name) => !text.includes(`inputs.${name}`))).toEqual([]);
  });

  it('is shown with actions that are pinned to commits', () => {
    const uses = [...page.matchAll(/uses: (\S+)/g)].map(([, name = '']) => name);
    expect(uses.length).toBeGreaterThan(2);
    expect(uses.filter((name) => !/@(?:[0-9a-f]{40}|COMMIT)$/.test(name))).toEqual([]);
  });

  it('has scripts that the package carries', () => {
    const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly files: readonly string[] };
    expect(files).toContain('ci');
    for (const name of readdirSync(join(root, 'ci'))) expect(spawnSync('bash', ['-n', join(root, 'ci', name)], { encoding: 'utf8' }).stderr).toBe('');
  });
});

const document = (limit: number, status = 200): string => `openapi: 3.1.0
info: { title: Things, version: '1' }
x-gateway: { protocol: rest }
security: []
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: ${limit} } }
      responses:
        '${status}': { description: ok, content: { application/json: { schema: { type: object }, example: { total: 0 } } } }
      x-gateway: { integration: { mock: { status: ${status} } } }
`;

/** A repository with a base branch at its origin, and the head of a pull request checked out. */
const repository = (head: (folder: string) => void): string => {
  const folder = scratch();
  const work = join(folder, 'work');
  mkdirSync(work);
  const git = (...words: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...words], { cwd: work, encoding: 'utf8' });
  git('init', '--quiet');
  writeFileSync(join(work, 'openapi.yaml'), document(100));
  expect(gatewright(['build', 'openapi.yaml', '--out', 'api'], { cwd: work }).code).toBe(0);
  git('add', '.');
  git('commit', '--quiet', '-m', 'base');
  git('clone', '--quiet', '--bare', '.', join(folder, 'origin.git'));
  git('remote', 'add', 'origin', join(folder, 'origin.git'));
  git('checkout', '--quiet', '-b', 'head');
  head(work);
  git('add', '.');
  git('commit', '--quiet', '--allow-empty', '-m', 'head');
  return work;
};

interface Outcome { readonly code: number; readonly out: string }
interface Done { readonly steps: Readonly<Record<string, Outcome>>; readonly outputs: string; readonly summary: string; readonly calls: readonly string[] }

/** Runs the steps as a runner does: conditions, then scripts with nothing but their environment. `comments` is what the service answers. */
const runAction = (work: string, given: Readonly<Record<string, string>> = {}, comments = ''): Done => {
  const temp = join(work, '..');
  const file = (name: string): string => {
    writeFileSync(join(temp, name), '');
    return join(temp, name);
  };
  const bin = join(temp, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'gh'), `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >>"$CALLS"\nfor word in "$@"; do case "$word" in body=@*) cat "\${word#body=@}" >>"$CALLS";; esac; done\ncase "$*" in *--paginate*) printf '%s' '${comments}';; esac\n`);
  chmodSync(join(bin, 'gh'), 0o755);
  const [outputs, summary, calls] = [file('outputs'), file('summary'), file('calls')];
  const context: Readonly<Record<string, string>> = { 'github.base_ref': 'main', 'github.token': 'secret', 'github.event.pull_request.number': '7' };
  const known = (name: string): string => (name.startsWith('inputs.') ? inputs[name.slice(7)] ?? '' : context[name] ?? '');
  const expand = (text: string): string => text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => known(name));
  const inputs: Record<string, string> = {};
  for (const [name, { default: value }] of Object.entries(action.inputs)) inputs[name] = given[name] ?? expand(value);
  const outcomes: Record<string, Outcome> = {};
  const holds = (condition: string): boolean => condition.slice(4, -3).split(' && ').every((part) => {
    const [left = '', operator, right = ''] = part.split(/ (==|!=) /);
    const value = left === '!cancelled()' ? 'true' : /^steps\.(\w+)\.outcome$/.test(left) ? (outcomes['What changed'] ? 'done' : 'skipped') : known(left);
    return operator === undefined ? value !== '' : (value === right.slice(1, -1)) === (operator === '==');
  });
  for (const { name, if: condition, run = '', env = {} } of steps) {
    if (condition !== undefined && !holds(condition)) continue;
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      cwd: work, encoding: 'utf8',
      env: {
        PATH: `${bin}:${process.env['PATH']}`, HOME: process.env['HOME'], GITHUB_ACTION_PATH: root, RUNNER_TEMP: temp, GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary, GITHUB_REPOSITORY: 'o/r', CALLS: calls,
        ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, expand(value)])),
      },
    });
    outcomes[name] = { code: status ?? -1, out: stdout + stderr };
  }
  return { steps: outcomes, outputs: readFileSync(outputs, 'utf8'), summary: readFileSync(summary, 'utf8'), calls: readFileSync(calls, 'utf8').split('\n') };
};

const command = `${process.execPath} ${join(root, 'bin/gatewright.js')}`;
const inputs = { spec: 'openapi.yaml\n', out: 'api', command };
const codes = ({ steps: all }: Done): Readonly<Record<string, number>> => Object.fromEntries(Object.entries(all).map(([name, { code }]) => [name, code]));
const change = (work: string): void => writeFileSync(join(work, 'openapi.yaml'), document(50));
const rebuild = (work: string): unknown => gatewright(['build', 'openapi.yaml', '--out', 'api'], { cwd: work });

describe('the steps of the action, in a pull request', () => {
  it('that changes nothing: all is fine, and nothing is said', () => {
    const done = runAction(repository(() => undefined), inputs);
    expect(codes(done)).toEqual({ Check: 0, 'What changed': 0, Comment: 0, Drift: 0, 'Contract suite': 0 });
    expect([done.outputs, done.summary]).toEqual(['', '']);
    expect(done.calls.filter((call) => call.includes('--method'))).toEqual([]);
  });

  it('that breaks callers and was not built: both are told at their lines, and in a comment', () => {
    const done = runAction(repository(change), { ...inputs, suite: 'false' });
    expect(codes(done)).toEqual({ Check: 0, 'What changed': 1, Comment: 0, Drift: 1 });
    expect(done.steps['What changed']?.out).toMatch(/^::error file=openapi\.yaml,line=10,.*title=diff\/request-bound-tightened::/m);
    expect(done.steps['Drift']?.out).toMatch(/^::error file=.*title=output\/drift::/m);
    expect(done.steps['Drift']?.out).toContain('api is out of date');
    expect(done.outputs).toMatch(/^report=.*gatewright-changes\.md\n$/);
    expect(done.summary).toContain('| Breaking | 1 |');
    expect(done.calls.join('\n')).toMatch(/--method POST repos\/o\/r\/issues\/7\/comments[^]*<!-- gatewright: what changed -->[^]*Breaking/);
  });

  it('that breaks callers, where that may be: what was built is as it should be, and the comment of before is written anew', () => {
    const done = runAction(repository((work) => {
      change(work);
      rebuild(work);
    }), { ...inputs, 'fail-on': 'none', suite: 'false' }, '41');
    expect(codes(done)).toEqual({ Check: 0, 'What changed': 0, Comment: 0, Drift: 0 });
    expect(done.calls.join('\n')).toContain('--method PATCH repos/o/r/issues/comments/41');
  });

  it('whose document has an error: the check says where, and the others are run all the same', () => {
    const done = runAction(repository((work) => writeFileSync(join(work, 'openapi.yaml'), document(100).replace('protocol', 'protocl'))), { ...inputs, suite: 'false', comment: 'false' });
    expect(codes(done)).toMatchObject({ Check: 1, Drift: 1 });
    expect(done.steps['Check']?.out).toMatch(/^::error file=openapi\.yaml,line=3,.*did you mean `protocol`/m);
  });

  it('whose gateway breaks a promise: the line that makes it is annotated', () => {
    const work = repository((folder) => writeFileSync(join(folder, 'openapi.yaml'), document(100).replace('      x-gateway: { integration: { mock: { status: 200 } } }\n', '')));
    rebuild(work);
    const done = runAction(work, { ...inputs, base: '', drift: 'false' });
    expect(codes(done)).toEqual({ Check: 0, 'Contract suite': 1 });
    expect(done.steps['Contract suite']?.out).toMatch(/^::error file=openapi\.yaml,line=\d+,col=\d+,title=contract\/answers::listThings: /m);
  });

  it('with a document that the base has not: it is new', () => {
    const done = runAction(repository((work) => writeFileSync(join(work, 'other.yaml'), document(9))), { ...inputs, spec: 'other.yaml', drift: 'false', suite: 'false' });
    expect(codes(done)).toMatchObject({ 'What changed': 0 });
    expect(done.steps['What changed']?.out).toContain('./other.yaml is not on main yet');
  });

  const hostile: readonly [name: string, given: Readonly<Record<string, string>>][] = [
    ['a document that is a command', { spec: '$(touch owned)`touch owned`; touch owned' }],
    ['a document that is a flag', { spec: '--help' }],
    ['a branch that is a flag', { base: '--upload-pack=touch owned' }],
    ['a folder that is a command', { out: '"; touch owned; "' }],
  ];
  it.each(hostile)('is not led astray by %s', (_, given) => {
    const work = repository(() => undefined);
    const done = runAction(work, { ...inputs, ...given, suite: 'false' });
    expect(Object.values(codes(done)).some((code) => code !== 0)).toBe(true);
    expect(existsSync(join(work, 'owned'))).toBe(false);
  });
});

describe('the job for GitLab', () => {
  const { api: job } = load(blocks.find((text) => text.includes('.gitlab-ci.yml')) ?? '') as { readonly api: { readonly script: readonly string[]; readonly variables: Readonly<Record<string, string>> } };

  const run = (work: string): { readonly code: number; readonly out: string; readonly calls: string } => {
    const temp = join(work, '..');
    const bin = join(temp, 'bin');
    const calls = join(temp, 'calls');
    mkdirSync(bin, { recursive: true });
    mkdirSync(join(work, 'node_modules/gatewright'), { recursive: true });
    execFileSync('cp', ['-r', join(root, 'ci'), join(work, 'node_modules/gatewright/')]);
    writeFileSync(join(bin, 'curl'), `#!/usr/bin/env bash\ncat >/dev/null\nprintf '%s\\n' "$*" >>"$CALLS"\nfor word in "$@"; do case "$word" in body@*) cat "\${word#body@}" >>"$CALLS";; esac; done\ncase "$*" in *--request*) ;; *) echo '[]';; esac\n`);
    chmodSync(join(bin, 'curl'), 0o755);
    const script = job.script.filter((line) => line !== 'npm ci').join('\n');
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: work, encoding: 'utf8',
      env: {
        PATH: `${bin}:${process.env['PATH']}`, HOME: process.env['HOME'], CALLS: calls, GATEWRIGHT: command, GITLAB_TOKEN: 'secret-token',
        CI_API_V4_URL: 'https://gitlab.example.com/api/v4', CI_PROJECT_ID: '3', CI_MERGE_REQUEST_IID: '5', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', ...job.variables,
      },
    });
    return { code: status ?? -1, out: stdout + stderr, calls: readFileSync(calls, 'utf8') };
  };

  it('is green where nothing changed, with the table of promises', () => {
    const work = repository(() => undefined);
    const done = run(work);
    expect([done.code, done.calls.includes('--request')]).toEqual([0, false]);
    expect(readFileSync(join(work, 'contract.xml'), 'utf8')).toMatch(/<testsuites [^>]*failures="0"/);
  });

  it('fails on a breaking change, and says so in a note; the token is in no argument', () => {
    const done = run(repository((work) => {
      change(work);
      rebuild(work);
    }));
    expect(done.code).toBe(1);
    expect(done.calls).toMatch(/--request POST https:\/\/gitlab\.example\.com\/api\/v4\/projects\/3\/merge_requests\/5\/notes[^]*\| Breaking \| 1 \|/);
    expect(done.calls).not.toContain('secret-token');
  });
});
