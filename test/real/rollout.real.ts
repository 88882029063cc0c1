import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { compileSpec, filesOf } from '../support/compile.js';
import { temporary } from '../support/generated.js';
import { mirror } from '../support/terraform.js';

const toolchain = resolve(root, '../shared/toolchain');
/** Where an AWS CLI lies that works: there may be others on the path. */
const cli = (process.env['PATH'] ?? '').split(delimiter).find((place) => spawnSync(join(place, 'aws'), ['--version']).status === 0);
const available = cli !== undefined && existsSync(join(toolchain, 'tf-check')) && mirror !== undefined && spawnSync('terraform', ['version']).status === 0 && spawnSync('python3', ['-c', 'import moto']).status === 0;
if (!available) console.warn('LEFT OUT: no version is rolled out, for terraform, moto, the AWS CLI or the programs that start them are not here.');

interface Found {
  readonly problems: readonly unknown[];
  readonly begun: readonly string[];
  readonly deployments: readonly { readonly applicationName: string; readonly deploymentGroupName: string; readonly deploymentConfigName: string; readonly revision: { readonly revisionType: string; readonly appSpecContent: { readonly content: string } } }[];
  readonly groups: readonly { readonly deploymentConfigName: string; readonly alarmConfiguration: { readonly enabled: boolean; readonly alarms: readonly { readonly name: string }[] }; readonly autoRollbackConfiguration: { readonly enabled: boolean; readonly events: readonly string[] }; readonly deploymentStyle: object }[];
  readonly configurations: Readonly<Record<string, { readonly trafficRoutingConfig: object }>>;
  readonly stopped: readonly string[];
  readonly aliases: readonly Readonly<Record<string, string>>[];
  readonly changes: number;
}

/**
 * As far as the emulated CodeDeploy goes: it takes the request for a rollout, and holds it to the groups and configurations that
 * there are. It moves no requests and looks at no alarm; that is CodeDeploy's own doing, once asked. What SAM asks for is asked
 * by CloudFormation, and compared with this in test/patterns.
 */
describe.runIf(available)('a second version of a function, deployed by Terraform to an emulated account', () => {
  let found: Found;
  beforeAll(async () => {
    const folder = temporary();
    for (const [path, content] of filesOf(await compileSpec('patterns/14-canary'))) {
      if (!/^infra\/.*\.tf(?:vars)?$/.test(path)) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const result = join(folder, 'result.json');
    execFileSync('python3', [join(import.meta.dirname, 'rollout.py'), toolchain, result, folder, cli ?? ''], { env: { ...process.env, ...(mirror === undefined ? {} : { TF_PLUGIN_DIR: mirror }) }, maxBuffer: 1 << 26 });
    found = JSON.parse(readFileSync(result, 'utf8')) as Found;
  });

  it('is published, and asked for once: the first of all has nothing to take over from', () => {
    expect(found.problems).toEqual([]);
    expect([found.begun, found.deployments.length]).toEqual([[], 1]);
  });

  it('takes over in the way, and under the alarms, that the document asks for', () => {
    const [deployment] = found.deployments;
    const [group] = found.groups;
    expect(deployment).toMatchObject({ applicationName: 'canary-prod', deploymentGroupName: 'get-version', deploymentConfigName: group?.deploymentConfigName, revision: { revisionType: 'AppSpecContent' } });
    expect(found.configurations[group?.deploymentConfigName ?? '']?.trafficRoutingConfig).toEqual({ type: 'TimeBasedCanary', timeBasedCanary: { canaryInterval: 10, canaryPercentage: 50 } });
    expect([group?.alarmConfiguration.enabled, group?.alarmConfiguration.alarms.map(({ name }) => name).sort()]).toEqual([true, ['canary-prod-get-version-errors', 'canary-prod-get-version-slow95']]);
    // A set: the service gives it back in any order.
    expect([...(group?.autoRollbackConfiguration.events ?? [])].sort()).toEqual(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']);
    expect(group).toMatchObject({ autoRollbackConfiguration: { enabled: true }, deploymentStyle: { deploymentOption: 'WITH_TRAFFIC_CONTROL', deploymentType: 'BLUE_GREEN' } });
  });

  it('is named by the revision, with the one that it takes over from, and the alias that is to be moved', () => {
    expect(JSON.parse(found.deployments[0]?.revision.appSpecContent.content ?? '{}')).toEqual({
      version: 0, Resources: [{ function: { Type: 'AWS::Lambda::Function', Properties: { Name: 'canary-prod-get-version', Alias: 'live', CurrentVersion: '1', TargetVersion: '2' } } }],
    });
  });

  it('is called by nobody until CodeDeploy moves the alias, which Terraform then leaves alone', () => {
    expect(found.aliases.slice(0, 2)).toEqual([{ 'canary-prod-get-version': '1' }, { 'canary-prod-get-version': '1' }]);
    expect(found.changes).toBe(0);
  });

  it('is stopped, and another version called, by the commands of the outputs', () => {
    expect(found.stopped).toEqual(['Stopped']);
    expect(found.aliases[2]).toEqual({ 'canary-prod-get-version': '2' });
  });
});
