import type { Api, Stage } from '../../src/ir/index.js';
import { truststoreOf } from '../kit/aws/certificates.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';
import { stageArn } from './client-rates.js';
import { toYaml } from './print.js';
import { condition, has, noValue, ofStage } from './stages.js';

type Yaml = { readonly [key: string]: YamlValue };

/** The name that a stage answers under, and the certificate it shows; the record in the zone is left to whoever owns the zone. */
export const domainResources = (api: Api, ids: LogicalIds): Resources => {
  if (!has(api, 'Domain')) return {};
  const truststore = truststoreOf(api);
  return {
    ApiDomain: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Condition: condition('Domain'),
      Properties: {
        DomainName: ofStage('Domain', ids),
        DomainNameConfigurations: [{ CertificateArn: new Tagged('!Ref', ids.certificate), EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
        ...(truststore ? { MutualTlsAuthentication: { TruststoreUri: toYaml(truststore, ids) } } : {}),
      },
    },
    ApiMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Condition: condition('Domain'),
      Properties: {
        ApiId: new Tagged('!Ref', ids.api),
        DomainName: new Tagged('!Ref', 'ApiDomain'),
        Stage: new Tagged('!Ref', `${ids.api}.Stage`),
        ...(has(api, 'BasePath') ? { ApiMappingKey: new Tagged('!If', [condition('BasePath'), ofStage('BasePath', ids), noValue]) } : {}),
      },
    },
  };
};

/** With client certificates the API answers on its domain alone, for its own host name asks for none. */
export const endpointSettings = (api: Api): Yaml => (truststoreOf(api) ? { DisableExecuteApiEndpoint: true } : {});

/** A web ACL belongs to somebody who runs it for many APIs: it is only associated here. */
export const firewallResources = (api: Api, ids: LogicalIds): Resources => (has(api, 'Firewall') ? {
  FirewallAssociation: {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Condition: condition('Firewall'),
    Properties: {
      ResourceArn: stageArn(ids),
      WebACLArn: new Tagged('!Ref', ids.webAcl),
    },
  },
} : {});

/** What these need to be told by whoever deploys. A stage that has no use for it leaves it empty. */
export const edgeParameters = (api: Api, ids: LogicalIds): Yaml => ({
  ...(has(api, 'Domain') ? { [ids.certificate]: parameter('ARN of the certificate of the stage\'s domain, in the same region', api, ({ domain }) => domain !== undefined) } : {}),
  ...(has(api, 'Firewall') ? { [ids.webAcl]: parameter('ARN of the regional web ACL in front of the stage', api, ({ waf }) => waf) } : {}),
});

/** What a stage cannot be without is asked for before anything is deployed, and not by what would fail for the lack of it. */
export const edgeRules = (api: Api, ids: LogicalIds): Yaml => ({
  ...(has(api, 'Domain') ? { CertificateGiven: rule(api, ids, ids.certificate, ({ domain }) => domain !== undefined, 'The stage has a domain') } : {}),
  ...(has(api, 'Firewall') ? { WebAclGiven: rule(api, ids, ids.webAcl, ({ waf }) => waf, 'The stage has a web ACL in front of it') } : {}),
});

const rule = (api: Api, ids: LogicalIds, parameter: string, wants: (stage: Stage) => boolean, why: string): YamlValue => ({
  RuleCondition: { 'Fn::Contains': [[...api.stages.values()].filter(wants).map(({ name }) => name), new Tagged('!Ref', ids.stage)] },
  Assertions: [{ Assert: new Tagged('!Not', [new Tagged('!Equals', [new Tagged('!Ref', parameter), ''])]), AssertDescription: `${why}: say ${parameter}.` }],
});

const parameter = (Description: string, api: Api, wants: (stage: Stage) => boolean): Yaml =>
  ({ Type: 'String', Description, ...([...api.stages.values()].every(wants) ? {} : { Default: '' }) });

/** Where the stage's domain must point to. */
export const domainOutputs = (api: Api): Yaml => (has(api, 'Domain') ? {
  DomainTarget: { Condition: condition('Domain'), Description: 'What the record of the domain must be an alias of', Value: new Tagged('!GetAtt', 'ApiDomain.RegionalDomainName') },
  DomainTargetZone: { Condition: condition('Domain'), Description: 'The zone of that alias', Value: new Tagged('!GetAtt', 'ApiDomain.RegionalHostedZoneId') },
} : {});

/** Where the API answers. */
export const apiUrl = (api: Api, ids: LogicalIds): YamlValue => {
  const own = new Tagged('!Sub', `https://\${${ids.api}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/\${${ids.stage}}`);
  if (!has(api, 'Domain')) return own;
  const domain = (path: YamlValue): YamlValue => new Tagged('!Join', ['', ['https://', ofStage('Domain', ids), path]]);
  const path = has(api, 'BasePath') ? new Tagged('!If', [condition('BasePath'), new Tagged('!Join', ['', ['/', ofStage('BasePath', ids)]]), '']) : '';
  return new Tagged('!If', [condition('Domain'), domain(path), own]);
};
