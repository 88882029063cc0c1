import { describe, expect, it } from 'vitest';
import { build, jwt } from './support.js';

const stages = { dev: {}, prod: { domain: 'api.example.com', basePath: '/v1/things', waf: true } };
const certificate = (truststore: string) => ({ type: 'mutualTLS', 'x-gateway': { truststore } });
const partner = certificate('certs/trust.pem');
const onDomain = { stages: { prod: { domain: 'api.example.com' } } };

describe.each(['rest', 'http'] as const)('a custom domain, %s', (protocol) => {
  it('is made for stages that have one, with TLS 1.2, and mapped to the stage', async () => {
    const { resources, template } = await build({ protocol, gateway: { stages: { ...stages, prod: { ...stages.prod, waf: false } } } });
    expect(resources['ApiDomain']).toEqual({
      Type: 'AWS::ApiGatewayV2::DomainName', Condition: 'HasDomain',
      Properties: {
        DomainName: { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Domain'] },
        DomainNameConfigurations: [{ CertificateArn: { Ref: 'CertificateArn' }, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
      },
    });
    expect(resources['ApiMapping']?.['Properties']).toMatchObject({ ApiMappingKey: { 'Fn::If': ['HasBasePath', { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'BasePath'] }, { Ref: 'AWS::NoValue' }] } });
    expect(template['Mappings']?.['Stages']).toMatchObject({ dev: { Domain: '', BasePath: '' }, prod: { Domain: 'api.example.com', BasePath: 'v1/things' } });
    expect(template['Parameters']?.['CertificateArn']).toMatchObject({ Default: '' });
    expect(template['Outputs']).toHaveProperty('DomainTarget');
  });
  it('must be given its certificate where every stage has one', async () => {
    const { template } = await build({ protocol, gateway: onDomain });
    expect(template['Parameters']?.['CertificateArn']).not.toHaveProperty('Default');
  });
  it('is not there unasked', async () => {
    const { resources, template } = await build({ protocol });
    expect(resources).not.toHaveProperty('ApiDomain');
    expect(template['Parameters']).not.toHaveProperty('CertificateArn');
  });
});

describe('a web ACL', () => {
  it('is associated with stages that want one', async () => {
    const { resources, template } = await build({ gateway: { stages } });
    expect(resources['FirewallAssociation']).toEqual({
      Type: 'AWS::WAFv2::WebACLAssociation', Condition: 'HasFirewall',
      Properties: { ResourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Api.Stage}' }, WebACLArn: { Ref: 'WebAclArn' } },
    });
    expect(template['Mappings']?.['Stages']).toMatchObject({ dev: { Firewall: '' }, prod: { Firewall: 'yes' } });
  });
  it('cannot stand before an HTTP API, and that is told', async () => {
    expect((await build({ protocol: 'http', gateway: { stages } })).codes).toContain('target/unsupported');
  });
});

describe.each(['rest', 'http'] as const)('client certificates, %s', (protocol) => {
  it('are asked for by the domain, and by no other way in', async () => {
    const { resources, codes, body, template } = await build({ protocol, gateway: onDomain, schemes: { partner }, security: [{ partner: [] }] });
    expect(codes).not.toContain('target/unsupported');
    expect(resources['ApiDomain']?.['Properties']?.['MutualTlsAuthentication']).toEqual({ TruststoreUri: { 'Fn::Sub': 's3://${TruststoreBucket}/certs/trust.pem' } });
    expect(resources['Api']?.['Properties']).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(body['paths']?.['/things/{id}']?.['get']).toMatchObject({ security: [] });
    expect(template['Parameters']).toHaveProperty('TruststoreBucket');
  });
  it('may have a token beside them', async () => {
    const { body, codes } = await build({ protocol, gateway: onDomain, schemes: { partner: certificate('s3://trust/all.pem'), user: jwt }, security: [{ partner: [], user: [] }] });
    expect(codes).not.toContain('target/unsupported');
    expect(body['paths']?.['/things/{id}']?.['get']).toMatchObject({ security: [{ [protocol === 'rest' ? 'userGuard' : 'user']: [] }] });
  });
  it.each([
    ['without a domain', { gateway: { stages: { dev: {}, ...onDomain.stages } } }, 'some stage has none'],
    ['for some operations only', { gateway: onDomain, paths: { '/a': { get: { operationId: 'a', responses: { 204: { description: 'ok' } } } }, '/b': { get: { operationId: 'b', security: [], responses: { 204: { description: 'ok' } } } } } }, 'a domain asks every caller for one'],
  ])('cannot be had %s, and that is told', async (_, parts, why) => {
    const { messages } = await build({ protocol, schemes: { partner }, security: [{ partner: [] }], ...parts });
    expect(messages.join('\n')).toContain(why);
  });
});
