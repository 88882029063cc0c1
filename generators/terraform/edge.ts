import type { Api, Stage } from '../../src/ir/index.js';
import { truststoreOf } from '../kit/aws/certificates.js';
import { block, hcl, Label, nested, text, type Block, type HclBody } from '../kit/hcl.js';
import { clientRateBlocks } from './client-rates.js';
import type { Names } from './names.js';
import { toHcl } from './print.js';

const some = (api: Api, has: (stage: Stage) => boolean): boolean => [...api.stages.values()].some(has);
const hasDomain = (api: Api): boolean => some(api, ({ domain }) => domain !== undefined);
const hasBasePath = (api: Api): boolean => some(api, ({ basePath }) => basePath !== undefined);
const hasFirewall = (api: Api): boolean => api.protocol.kind === 'rest' && some(api, ({ waf }) => waf);
const stageOf = (api: Api) => (api.protocol.kind === 'rest' ? hcl`aws_api_gateway_stage.this.stage_name` : hcl`aws_apigatewayv2_stage.this.name`);

/** `edge.tf`: the name that a stage answers under, and the web ACL in front of it. */
export const edgeBlocks = (api: Api, names: Names): Block[] => [...(hasDomain(api) ? domain(api, names) : []), ...(hasFirewall(api) ? firewall : []), ...clientRateBlocks(api)];

const domain = (api: Api, names: Names): Block[] => {
  const truststore = truststoreOf(api);
  const count = hcl`var.domain == null ? 0 : 1`;
  return [
    block('resource', ['aws_apigatewayv2_domain_name', 'this'], {
      count,
      domain_name: hcl`var.domain`,
      domain_name_configuration: nested({ certificate_arn: hcl`var.certificate_arn`, endpoint_type: 'REGIONAL', security_policy: 'TLS_1_2' }),
      ...(truststore ? { mutual_tls_authentication: nested({ truststore_uri: toHcl(truststore, names) }) } : {}),
      lifecycle: told('certificate_arn', 'The stage has a domain: say certificate_arn, the certificate of it.'),
    }, 'The record in the zone is left to whoever owns the zone.'),
    block('resource', ['aws_apigatewayv2_api_mapping', 'this'], {
      count,
      api_id: names.api.id,
      domain_name: hcl`aws_apigatewayv2_domain_name.this[0].id`,
      stage: stageOf(api),
      api_mapping_key: hasBasePath(api) ? hcl`var.base_path` : undefined,
    }),
  ];
};

/** Without it the provider would speak of an argument that nobody here wrote. */
const told = (variable: string, error_message: string) => nested({ precondition: nested({ condition: hcl`var.${new Label(variable)} != null`, error_message }) });

/** It belongs to somebody who runs it for many APIs: it is only associated here. */
const firewall: readonly Block[] = [block('resource', ['aws_wafv2_web_acl_association', 'this'], {
  count: hcl`var.web_acl ? 1 : 0`,
  resource_arn: hcl`aws_api_gateway_stage.this.arn`,
  web_acl_arn: hcl`var.web_acl_arn`,
  lifecycle: told('web_acl_arn', 'The stage has a web ACL in front of it: say web_acl_arn.'),
})];

/** What these have to be told. A stage that has no use for it leaves it out. */
export const edgeVariables = (api: Api): Block[] => {
  const variable = (name: string, description: string, kind = 'string', otherwise: null | false = null): Block =>
    block('variable', [name], { type: kind === 'bool' ? hcl`bool` : hcl`string`, description, default: otherwise });
  return [
    ...(hasDomain(api) ? [
      variable('domain', 'Name that the stage answers under'),
      variable('certificate_arn', 'ARN of the certificate of the domain, in the same region'),
    ] : []),
    ...(hasBasePath(api) ? [variable('base_path', 'Path of the domain under which the stage answers')] : []),
    ...(hasFirewall(api) ? [
      variable('web_acl', 'Whether a web ACL stands in front of the stage', 'bool', false),
      variable('web_acl_arn', 'ARN of that regional web ACL'),
    ] : []),
  ];
};

/** What a stage's file of values says of them. */
export const edgeValues = (api: Api, { domain: name, basePath, waf }: Stage): HclBody => ({
  ...(name === undefined ? {} : { domain: name }),
  ...(basePath === undefined ? {} : { base_path: basePath.replace(/^\/|\/$/g, '') }),
  ...(hasFirewall(api) ? { web_acl: waf } : {}),
});

/** Where the stage's domain must point to. */
export const edgeOutputs = (api: Api): Block[] => (hasDomain(api) ? [
  block('output', ['domain_target'], { description: 'What the record of the domain must be an alias of', value: hcl`one(aws_apigatewayv2_domain_name.this[*].domain_name_configuration[0].target_domain_name)` }),
  block('output', ['domain_target_zone'], { description: 'The zone of that alias', value: hcl`one(aws_apigatewayv2_domain_name.this[*].domain_name_configuration[0].hosted_zone_id)` }),
] : []);

/** Where the API answers. */
export const apiUrl = (api: Api) => {
  const own = api.protocol.kind === 'rest' ? hcl`aws_api_gateway_stage.this.invoke_url` : hcl`aws_apigatewayv2_stage.this.invoke_url`;
  if (!hasDomain(api)) return own;
  return hasBasePath(api) ? hcl`var.domain == null ? ${own} : join("/", compact(["https:/", var.domain, var.base_path]))` : hcl`var.domain == null ? ${own} : ${text`https://${hcl`var.domain`}`}`;
};
