import { describe, expect, it } from 'vitest';
import { clientRates } from '../../generators/kit/aws/client-rates.js';
import { apiOf } from '../support/generated.js';
import { build, documentOf, keys } from './support.js';

const perClient = { throttle: { rate: 0.5, burst: 1, per: 'client', retryAfter: '3s' } };
const stages = { prod: { basePath: '/v1' }, dev: {} };

describe('a limit for each client', () => {
  it('is a rule of a web ACL that counts by address, for this route alone', async () => {
    const { resources, codes } = await build({ gateway: { stages }, operation: perClient });
    expect(codes).toContain('target/client-rate');
    const [rule] = resources['ClientRates']?.['Properties']?.['Rules'] as unknown as Record<string, unknown>[];
    expect(rule).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429, ResponseHeaders: [{ Name: 'Retry-After', Value: '3' }] } } },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 60, Limit: 30 } },
    });
    expect(resources['ClientRatesAssociation']?.['Properties']).toMatchObject({ WebACLArn: { 'Fn::GetAtt': 'ClientRates.Arn' } });
  });
  it('does not limit all callers together', async () => {
    const { resources } = await build({ operation: perClient });
    expect(resources['Api']?.['Properties']?.['MethodSettings']).toHaveLength(1);
  });
  it.each([
    ['/prod/things/7', true], ['/v1/things/7', true], ['/things/7', true], ['/things/7/', true],
    ['/things', false], ['/things/7/parts', false], ['/other/things/7', false], ['/prod/prod/things/7', false],
  ])('is for the path %s: %s', async (path, want) => {
    const [rate] = clientRates(await apiOf(documentOf({ gateway: { stages }, operation: perClient })));
    expect(new RegExp(rate?.path ?? '').test(path)).toBe(want);
  });
  it('is ten a minute at least, as low as rules go', async () => {
    const [rate] = clientRates(await apiOf(documentOf({ operation: { throttle: { rate: 0.01, burst: 1, per: 'client' } } })));
    expect(rate?.limit).toBe(10);
  });
  it.each([
    ['beside a web ACL of one\'s own', 'rest', { stages: { prod: { waf: true } } }],
    ['on an HTTP API (P18)', 'http', {}],
  ] as const)('cannot be had %s, and that is told', async (_, protocol, gateway) => {
    expect((await build({ protocol, gateway, operation: perClient })).codes).toContain('target/unsupported');
  });
});

describe('a limit for each key', () => {
  const perKey = { throttle: { rate: 2, burst: 4, per: 'key' } };
  it('is the usage plan\'s, for this route', async () => {
    const { resources, body } = await build({ schemes: { key: keys }, security: [{ key: [] }], operation: perKey });
    expect(resources['BasicUsagePlan']?.['Properties']?.['ApiStages']).toMatchObject([{ Throttle: { '/things/{id}/GET': { RateLimit: 2, BurstLimit: 4 } } }]);
    expect(resources['Api']?.['Properties']?.['MethodSettings']).toHaveLength(1);
    expect(body['paths']?.['/things/{id}']?.['get']).toMatchObject({ security: [{ api_key: [] }] });
  });
  it('is nobody\'s where callers show no key (P17), and that is told', async () => {
    expect((await build({ operation: perKey })).messages.join('\n')).toContain('callers of `getThing` show no key');
  });
});
