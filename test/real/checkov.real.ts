import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileSpec, filesOf } from '../support/compile.js';
import { temporary } from '../support/generated.js';

const available = spawnSync('checkov', ['--version']).status === 0;
if (!available) {
  if (process.env['CI'] === 'true') throw new Error('checkov is needed: pip install checkov');
  console.warn('LEFT OUT: checkov is not installed, and no policy was scanned.');
}

/** Rules that the output does not keep, each with its reason. One that is kept after all fails here. */
const waived: Readonly<Record<string, string>> = {
  CKV_AWS_18: 'Who reads objects is in the trail of the account; a bucket for logs is whoever runs the account\'s.',
  CKV_AWS_21: 'Versions of objects are a matter of what the bucket is for, which the document does not say.',
  CKV_AWS_27: 'Queues are encrypted by SQS\' own keys; the rule for CloudFormation knows customer keys alone. (Terraform\'s knows both, and holds.)',
  CKV_AWS_115: 'Rates are limited at the gateway, route by route; instances are set aside where the document asks for it.',
  CKV_AWS_116: 'The gateway waits for its functions, so nothing is left to be put away; what workers fail at goes to the dead letters of their queue.',
  CKV_AWS_117: 'Functions reach nothing inside of a network of the account.',
  CKV_AWS_119: 'A key of one\'s own is paid for by the month: on request only. The table is encrypted by the service\'s.',
  CKV_AWS_120: 'Answers are kept where the document says so; a cache for the whole stage would mix callers.',
  CKV_AWS_144: 'A second region is a decision of whoever runs the account.',
  CKV_AWS_145: 'A key of one\'s own is on request only. The bucket is encrypted by S3\'s.',
  CKV_AWS_158: 'A key of one\'s own is on request only. Logs hold no bodies and no credentials, and CloudWatch encrypts them.',
  CKV_AWS_173: 'The environment holds names of resources, never a secret; Lambda encrypts it.',
  CKV_AWS_225: 'Answers are kept where the document says so.',
  CKV_AWS_272: 'Signing takes a profile of the account.',
  CKV_AWS_285: 'To log its runs a workflow would need leave to change every log group of the account. Runs are traced instead.',
  CKV_AWS_338: 'Logs are kept for as long as the document says; thirty days unless it does.',
  CKV2_AWS_4: 'The access log has the errors of integrations and authorizers of every request; execution logs would add headers, in a group that nobody ever empties.',
  CKV2_AWS_51: 'Clients show certificates where the document has a scheme of that kind.',
  CKV2_AWS_61: 'How long objects are kept is a matter of what the bucket is for.',
  CKV2_AWS_62: 'Nothing waits for events of the bucket.',
  CKV2_AWS_77: 'The web ACL is somebody else\'s, and only associated here.',
};

interface Report { readonly check_type: string; readonly results: Readonly<Record<'failed_checks' | 'passed_checks', readonly { readonly check_id: string; readonly resource: string }[] | undefined>> }

describe.runIf(available)('the rules of checkov, on the output for specs/orders', () => {
  let reports: readonly Report[] = [];
  beforeAll(async () => {
    const folder = temporary();
    for (const [path, content] of filesOf(await compileSpec('orders'))) {
      if (!path.startsWith('infra/')) continue;
      const file = join(folder, path.endsWith('.yaml') ? 'sam' : 'terraform', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const { stdout, stderr } = spawnSync('checkov', ['-d', folder, '--framework', 'cloudformation', 'terraform', '--var-file', join(folder, 'terraform/infra/prod.tfvars'), '-o', 'json', '--compact'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (stdout === '') throw new Error(stderr);
    reports = JSON.parse(stdout) as Report[];
  });
  const checks = (kind: 'failed_checks' | 'passed_checks') => reports.flatMap(({ check_type: type, results }) => (results[kind] ?? []).map(({ check_id: id, resource }) => ({ type, id, resource })));

  it('hold, but for those that are waived', () =>
    expect(checks('failed_checks').filter(({ id }) => !(id in waived)).map(({ type, id, resource }) => `${type} ${id} ${resource}`)).toEqual([]));

  it('are waived only where they do not hold', () => {
    const failed = new Set(checks('failed_checks').map(({ id }) => id));
    expect(Object.keys(waived).filter((id) => !failed.has(id))).toEqual([]);
  });

  it.each([
    ['access to the API is logged', 'CKV_AWS_76'], ['the API is traced', 'CKV_AWS_73'], ['functions are traced', 'CKV_AWS_50'], ['the new API is there before the old one goes', 'CKV_AWS_237'],
    ['the new deployment is there before the old one goes', 'CKV_AWS_217'], ['kept answers are encrypted', 'CKV_AWS_308'], ['queues are encrypted', 'CKV_AWS_27'],
    ['log groups have an end', 'CKV_AWS_66'], ['no secret stands in the environment', 'CKV_AWS_45'], ['a function is called for one caller alone', 'CKV_AWS_364'], ['workflows are traced', 'CKV_AWS_284'], ['tables are backed up', 'CKV_AWS_28'],
    ['a web ACL stands before the API', 'CKV2_AWS_29'],
  ])('were asked whether %s (%s)', (_, id) => expect(checks('passed_checks').map((check) => check.id)).toContain(id));
});
