import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { compileSpec, filesOf } from '../support/compile.js';
import { temporary } from '../support/generated.js';
import { apisOf, functionsOf, type Account } from '../support/inventory.js';
import { asModule, mirror } from '../support/terraform.js';

const toolchain = resolve(root, '../shared/toolchain');
/** Whether all of specs/ is deployed by both tools, which takes minutes (`npm run test:account`), or two documents that stand for it. */
const asked = process.env['GATEWRIGHT_ACCOUNT'] === '1';
const available = existsSync(join(toolchain, 'tf-check')) && mirror !== undefined && spawnSync('terraform', ['version']).status === 0 && spawnSync('python3', ['-c', 'import moto, samtranslator']).status === 0;
if (!asked) console.warn('LEFT OUT: only two documents are deployed by both tools and compared; `npm run test:account` takes all of them.');
if (!available) console.warn('LEFT OUT: nothing is deployed to an emulated account, for terraform, moto or the programs that start it are not here.');

const below = (folder: string): string[] => readdirSync(join(root, 'specs', folder)).map((name) => join(folder, name)).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));
const specs = asked ? [...below(''), ...below('patterns')].sort() : ['claims', 'table'];

/** What the emulated account refuses of the real one's, with the reason. One that it takes after all fails here. */
const limits: readonly (readonly [problem: RegExp, reason: string])[] = [
  [/^check-feedback: .*Queue name must end in \.fifo/, 'an ordered queue without a name of its own is given one by CloudFormation that ends so; the emulator gives one that it then refuses'],
  [/aws_kinesis_stream\.\w+ update: tags_all\./, 'tags of a stream are not read back'],
  [/user pool arn:\S+ does not exist/, 'the pool is somebody else\'s, and the account is empty'],
];

/** Documents of whose configuration it cannot take a part, with what it says and why that is its own affair. */
const beyond = new Map<string, readonly [problem: RegExp, reason: string]>([
  ['patterns/13-throttle-and-cache', [/method_settings\.routes\["~1\/GET"\].*empty result/, 'settings of a method of the root are kept under another name than they are asked for by']],
  ['patterns/14-canary', [/create_deployment_config action has not been implemented/, 'CodeDeploy has its own configurations alone']],
]);

const run = (...words: readonly string[]): Promise<Account> => new Promise((done, fail) => {
  const result = words[2] ?? '';
  execFile('python3', words, { maxBuffer: 1 << 28, env: { ...process.env, ...(mirror === undefined ? {} : { TF_PLUGIN_DIR: mirror }) } }, (error, stdout, stderr) => {
    if (existsSync(result)) done(JSON.parse(readFileSync(result, 'utf8')) as Account);
    else fail(new Error(`${error?.message ?? ''}\n${stdout}\n${stderr}`.slice(-4000)));
  });
});

/** On a busy machine a reply may be lost and its request sent again, to find the thing there already: then all is done anew, once. */
const deploy = async (...words: readonly string[]): Promise<Account> => {
  const first = await run(...words);
  return first.problems.some((problem) => /already ?exist/i.test(typeof problem === 'string' ? problem : problem.text)) ? run(...words) : first;
};

/** Several deployments, each to an account of its own, as one. */
const together = (accounts: readonly Account[]): Account => {
  const list = (of: 'rest' | 'http' | 'plans') => accounts.flatMap(({ inventory }) => inventory?.[of] ?? []);
  return {
    problems: accounts.flatMap(({ problems }) => problems), known: accounts.flatMap(({ known }) => known), functions: accounts.flatMap(({ functions }) => functions),
    inventory: { rest: list('rest'), http: list('http'), plans: list('plans') },
  };
};
/** So many configurations at a time: one that is too great is refused as a whole where one reply of the emulator is lost. */
const atOnce = 6;

describe.runIf(available)('an emulated account that both tools deploy all of specs/ to', () => {
  const accounts: { sam?: Account; terraform?: Account; beyond?: Account } = {};
  const names = new Map<string, string>();
  beforeAll(async () => {
    const folder = temporary();
    const modules = new Map<string, string[]>();
    const templates: string[] = [];
    for (const [index, spec] of specs.entries()) {
      const compilation = await compileSpec(spec);
      const { name = '' } = compilation.api ?? {};
      names.set(spec, name);
      const files = filesOf(compilation);
      const label = spec.replace(/\W+/g, '-');
      const part = beyond.has(spec) ? 'beyond' : `terraform-${Math.floor(index / atOnce)}`;
      for (const [path, content] of files) {
        if (!path.startsWith('infra/')) continue;
        const file = path.endsWith('.yaml') ? join(folder, 'sam', label, path) : join(folder, part, label, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      modules.set(part, [...(modules.get(part) ?? []), asModule(label, files)]);
      templates.push(`check-${name}=${join(folder, 'sam', label, 'infra/template.yaml')}`);
    }
    for (const [part, calls] of modules) {
      writeFileSync(join(folder, part, 'main.tf'), calls.join('\n'));
      spawnSync('terraform', ['fmt', join(folder, part)]);
    }
    const program = join(import.meta.dirname, 'account.py');
    accounts.sam = await deploy(program, toolchain, join(folder, 'sam.json'), 'sam', ...templates);
    if (modules.has('beyond')) accounts.beyond = await run(program, toolchain, join(folder, 'beyond.json'), 'terraform', join(folder, 'beyond'));
    const parts: Account[] = [];
    for (const part of modules.keys()) if (part !== 'beyond') parts.push(await deploy(program, toolchain, join(folder, `${part}.json`), 'terraform', join(folder, part)));
    accounts.terraform = together(parts);
  }, 1_500_000);
  const account = (tool: keyof typeof accounts): Account => accounts[tool] as Account;
  const problems = (tool: keyof typeof accounts): string[] => [...account(tool).problems, ...(tool === 'beyond' ? account(tool).known : [])].map((problem) => (typeof problem === 'string' ? problem : problem.text));
  const unlisted = (tool: keyof typeof accounts): string[] => problems(tool).filter((problem) => !limits.some(([pattern]) => pattern.test(problem)));
  const refused = (name: string): boolean => limits.some(([pattern]) => pattern.test(`check-${name}: Queue name must end in .fifo`));

  it('takes what Terraform makes of them, has nothing to change a second time, and gives it up', () => expect(unlisted('terraform')).toEqual([]));
  it('takes what SAM makes of them', () => expect(unlisted('sam')).toEqual([]));
  it.runIf(asked)('still refuses what is listed as refused', () => {
    expect(limits.filter(([pattern]) => ![...problems('sam'), ...problems('terraform')].some((problem) => pattern.test(problem)))).toEqual([]);
    expect([...beyond].filter(([, [pattern]]) => !problems('beyond').some((problem) => pattern.test(problem)))).toEqual([]);
  });

  it.each(specs)('has one API, whichever tool deployed it: %s', (spec) => {
    const name = names.get(spec) ?? '';
    if (refused(name) || beyond.has(spec)) return;
    const of = (tool: 'sam' | 'terraform') => [...apisOf(account(tool))].filter(([key]) => new RegExp(`^(?:rest|http) ${name}$|^plan ${name}-(?:dev|prod)-`).test(key));
    expect(of('terraform').length).toBeGreaterThan(0);
    expect(of('terraform')).toEqual(of('sam'));
  });

  it.each(specs)('has functions of the same settings, callers and leave: %s', (spec) => {
    const name = names.get(spec) ?? '';
    if (refused(name) || beyond.has(spec)) return;
    expect([...functionsOf(account('terraform'), name)]).toEqual([...functionsOf(account('sam'), name)]);
  });

  it('has read back enough to tell', () => {
    const { inventory, functions } = account('terraform');
    expect([(inventory?.rest.length ?? 0) + (inventory?.http.length ?? 0), functions.length >= specs.length, (inventory?.plans.length ?? 0) > 0]).toEqual([specs.filter((spec) => !beyond.has(spec)).length, true, asked]);
  });
});
