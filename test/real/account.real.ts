import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../src/ir/index.js';
import { root } from '../support/cli.js';
import { compileSpec, filesOf } from '../support/compile.js';
import { temporary } from '../support/generated.js';
import { apisOf, edgeOf, functionsOf, type Account } from '../support/inventory.js';
import { asModule, mirror } from '../support/terraform.js';

const toolchain = resolve(root, '../shared/toolchain');
/** Whether Terraform deploys all of specs/, too, which takes minutes (`npm run test:account`), or some that stand for it. */
const asked = process.env['GATEWRIGHT_ACCOUNT'] === '1';
const available = existsSync(join(toolchain, 'tf-check')) && mirror !== undefined && spawnSync('terraform', ['version']).status === 0 && spawnSync('python3', ['-c', 'import moto, samtranslator']).status === 0;
if (!asked) console.warn('LEFT OUT: Terraform deploys some documents only, to be compared with what SAM does; `npm run test:account` takes all of them.');
if (!available) console.warn('LEFT OUT: nothing is deployed to an emulated account, for terraform, moto or the programs that start it are not here.');

const below = (folder: string): string[] => readdirSync(join(root, 'specs', folder)).map((name) => join(folder, name)).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));
const all = [...below(''), ...below('patterns')].sort();
const specs = asked ? all : ['bucket', 'claims', 'orders'];

/** What the checks say against the real account's way, with the reason. One that they say no more fails here. What the emulator itself does wrongly is mended in emulator.py. */
const limits: readonly (readonly [problem: RegExp, reason: string])[] = [
  [/user pool arn:\S+ does not exist/, 'the pool is somebody else\'s, and the account is empty'],
  [/^\[grant\] (?:documents|files)\S* (?:GET|PUT) .* does not allow s3:(?:Get|Put)Object on \S+\/x$/, 'it is held against an object `x`, whatever the key is, and against reading one where the bucket is listed'],
  [/^\[target\] front-desk\S* DELETE .* bucket front-desk-forms does not exist$/, 'the bucket is somebody else\'s, and the account is empty'],
  [/^\[grant\] front-desk\S* DELETE .* does not allow s3:DeleteObject on /, 'it is held against everything, and the grant is on the objects of one bucket'],
  [/^\[grant\] front-desk\S* POST .* does not allow email:SendEmail on /, 'the permissions of the service whose endpoint begins with `email` are those of `ses`'],
  [/^\[stage\] .*method settings for ~1\/[A-Z]+: no such method$/, 'a method of the root is looked for under `/`, and its settings stand under `~1`'],
];

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

/** The stage that has the most to be deployed. */
const stageOf = ({ stages }: Api): string => [...stages.values()].find(({ domain, waf, cacheSize }) => domain !== undefined || waf || cacheSize !== undefined)?.name ?? [...stages.keys()][0] ?? 'dev';

/** What the stages are given that have a domain or a web ACL. */
const given = { certificate_arn: 'aws_acm_certificate.given.arn', web_acl_arn: 'aws_wafv2_web_acl.given.arn' };
const givenBlocks = `
resource "aws_acm_certificate" "given" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
}

resource "aws_wafv2_web_acl" "given" {
  name  = "given"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    sampled_requests_enabled   = false
    cloudwatch_metrics_enabled = false
    metric_name                = "given"
  }
}
`;

describe.runIf(available)('an emulated account that both tools deploy specs/ to', () => {
  let accounts: { readonly sam: Account; readonly terraform: Account };
  const names = new Map<string, string>();
  beforeAll(async () => {
    const folder = temporary();
    const modules: string[] = [];
    const templates: string[] = [];
    for (const spec of all) {
      const compilation = await compileSpec(spec);
      const api = compilation.api as Api;
      const [stage, label, files] = [stageOf(api), spec.replace(/\W+/g, '-'), filesOf(compilation)];
      names.set(spec, api.name);
      for (const [path, content] of files) {
        if (!path.startsWith('infra/') || (!path.endsWith('.yaml') && !specs.includes(spec))) continue;
        const file = join(folder, path.endsWith('.yaml') ? 'sam' : 'terraform', label, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      if (specs.includes(spec)) modules.push(asModule(label, files, { stage, given }));
      templates.push(`check-${api.name}=${join(folder, 'sam', label, 'infra/template.yaml')}=${stage}`);
    }
    writeFileSync(join(folder, 'terraform/main.tf'), [...modules, givenBlocks].join('\n'));
    spawnSync('terraform', ['fmt', join(folder, 'terraform')]);
    const program = join(import.meta.dirname, 'account.py');
    const [sam, terraform] = await Promise.all([
      deploy(program, toolchain, join(folder, 'sam.json'), 'sam', ...templates),
      deploy(program, toolchain, join(folder, 'terraform.json'), 'terraform', join(folder, 'terraform')),
    ]);
    accounts = { sam, terraform };
  }, 1_500_000);
  const problems = (tool: keyof typeof accounts): string[] => accounts[tool].problems.map((problem) => (typeof problem === 'string' ? problem : problem.text));
  const unlisted = (tool: keyof typeof accounts): string[] => problems(tool).filter((problem) => !limits.some(([pattern]) => pattern.test(problem)));

  it('takes what Terraform makes of them, has nothing to change a second time, and gives it up', () => expect(unlisted('terraform')).toEqual([]));
  it('takes what SAM makes of all of specs/', () => expect(unlisted('sam')).toEqual([]));
  it.runIf(asked)('is still told against what is listed', () =>
    expect(limits.filter(([pattern]) => ![...problems('sam'), ...problems('terraform')].some((problem) => pattern.test(problem)))).toEqual([]));

  it.each(specs)('has one API, whichever tool deployed it: %s', (spec) => {
    const name = names.get(spec) ?? '';
    const of = (tool: keyof typeof accounts) => [...apisOf(accounts[tool])].filter(([key]) => new RegExp(`^(?:rest|http) ${name}$|^plan ${name}-(?:dev|prod)-`).test(key));
    expect(of('terraform').length).toBeGreaterThan(0);
    expect(of('terraform')).toEqual(of('sam'));
  });

  it.each(specs)('has functions of the same settings, callers and leave: %s', (spec) => {
    const name = names.get(spec) ?? '';
    expect([...functionsOf(accounts.terraform, name)]).toEqual([...functionsOf(accounts.sam, name)]);
  });

  it.each(specs)('lets the gateway do the same, under the same name and behind the same wall: %s', (spec) => {
    const name = names.get(spec) ?? '';
    expect(edgeOf(accounts.terraform, name)).toEqual(edgeOf(accounts.sam, name));
  });

  it('has read back enough to tell', () => {
    const { inventory, functions, calls, edges } = accounts.terraform;
    expect([(inventory?.rest.length ?? 0) + (inventory?.http.length ?? 0), functions.length >= specs.length, calls.length > 0]).toEqual([specs.length, true, true]);
    if (asked) expect([(inventory?.plans.length ?? 0) > 0, edges.some(({ domain }) => domain !== undefined), edges.some(({ firewall }) => firewall === 'given')]).toEqual([true, true, true]);
  });
});
