import { describe, expect, it } from 'vitest';
import { build } from './support.js';

const rolledOut = (rollout: object) => build({ gateway: { functions: { rollout } } });
const preference = ({ resources }: Awaited<ReturnType<typeof build>>) => resources['GetThingFunction']?.['Properties']?.['DeploymentPreference'] as unknown as { Type: unknown; Alarms?: unknown };

describe('how a new version takes over', () => {
  it.each([
    ['all at once', { strategy: 'all-at-once' }, 'AllAtOnce'],
    ['a tenth first, five minutes long', { strategy: 'canary', percent: 10, interval: '5m' }, 'Canary10Percent5Minutes'],
    ['a tenth first, half an hour long', { strategy: 'canary', percent: 10, interval: '30m' }, 'Canary10Percent30Minutes'],
    ['a tenth each minute', { strategy: 'linear', percent: 10, interval: '1m' }, 'Linear10PercentEvery1Minute'],
    ['a tenth each two minutes', { strategy: 'linear', percent: 10, interval: '2m' }, 'Linear10PercentEvery2Minutes'],
  ])('%s, as CodeDeploy has it', async (_, rollout, want) => {
    const built = await rolledOut(rollout);
    expect(preference(built)['Type']).toBe(want);
    expect(built.codes).not.toContain('target/not-yet');
    expect(Object.values(built.resources).map(({ Type }) => Type)).not.toContain('AWS::CodeDeploy::DeploymentConfig');
  });
  it.each([
    ['canary', 25, '5m', 'Canary25PercentEach5Minutes', { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryInterval: 5, CanaryPercentage: 25 } }],
    ['canary', 10, '7m', 'Canary10PercentEach7Minutes', { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryInterval: 7, CanaryPercentage: 10 } }],
    ['linear', 20, '90s', 'Linear20PercentEach2Minutes', { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearInterval: 2, LinearPercentage: 20 } }],
  ])('%s of %i per cent in %s, by a configuration of its own', async (strategy, percent, interval, id, routing) => {
    const built = await rolledOut({ strategy, percent, interval });
    expect(preference(built)['Type']).toEqual({ Ref: id });
    expect(built.resources[id]).toEqual({ Type: 'AWS::CodeDeploy::DeploymentConfig', Properties: { ComputePlatform: 'Lambda', TrafficRoutingConfig: routing } });
  });
});

describe('what takes it back', () => {
  it('are errors and slowness of the alias (P117)', async () => {
    const built = await rolledOut({ strategy: 'canary', alarms: ['errors', 'p99.9 > 2s'] });
    expect(preference(built)['Alarms']).toEqual([{ Ref: 'GetThingFunctionErrors' }, { Ref: 'GetThingFunctionSlow99x9' }]);
    expect(built.resources['GetThingFunctionErrors']?.['Properties']).toMatchObject({
      MetricName: 'Errors', Statistic: 'Sum', Threshold: 0, TreatMissingData: 'notBreaching',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'GetThingFunction' } }, { Name: 'Resource', Value: { 'Fn::Sub': '${GetThingFunction}:live' } }],
    });
    expect(built.resources['GetThingFunctionSlow99x9']?.['Properties']).toMatchObject({ MetricName: 'Duration', ExtendedStatistic: 'p99.9', Threshold: 2000 });
  });
  it('is nothing unless asked', async () => {
    const { resources } = await build({});
    expect(resources['GetThingFunction']?.['Properties']).not.toHaveProperty('DeploymentPreference');
  });
});

describe('keeping functions warm', () => {
  const warm = (keepWarm: object, runtime = 'nodejs22.x') => build({ gateway: { functions: { keepWarm, runtime } } });
  it('by instances of the alias', async () => {
    expect((await warm({ provisioned: 2 })).resources['GetThingFunction']?.['Properties']).toMatchObject({ AutoPublishAlias: 'live', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
  });
  it.each([['nodejs22.x', true], ['java21', false], ['python3.11', true], ['python3.13', false], ['dotnet8', false]])('by a snapshot of %s is refused: %s', async (runtime, refused) => {
    const { messages, resources } = await warm({ snapStart: true }, runtime);
    expect(messages.some((message) => message.includes('start from no snapshot'))).toBe(refused);
    if (!refused) expect(resources['GetThingFunction']?.['Properties']).toMatchObject({ SnapStart: { ApplyOn: 'PublishedVersions' } });
  });
});
