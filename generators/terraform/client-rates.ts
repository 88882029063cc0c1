import type { Api } from '../../src/ir/index.js';
import { clientRates, clientWindowSeconds, type ClientRate } from '../kit/aws/client-rates.js';
import { block, hcl, nested, text, type Block, type HclValue, type Nested } from '../kit/hcl.js';

/** A web ACL with a rule for each route that limits its clients, in front of the stage. */
export const clientRateBlocks = (api: Api): Block[] => {
  const rates = clientRates(api);
  return rates.length === 0 ? [] : [
    block('resource', ['aws_wafv2_web_acl', 'client_rates'], {
      name: text`${hcl`local.name`}-client-rates`,
      scope: 'REGIONAL',
      default_action: nested({ allow: nested({}) }),
      rule: rates.map(rule),
      visibility_config: seen(text`${hcl`local.name`}-client-rates`),
    }),
    block('resource', ['aws_wafv2_web_acl_association', 'client_rates'], {
      resource_arn: hcl`aws_api_gateway_stage.this.arn`,
      web_acl_arn: hcl`aws_wafv2_web_acl.client_rates.arn`,
    }),
  ];
};

const seen = (name: HclValue): Nested => nested({ sampled_requests_enabled: true, cloudwatch_metrics_enabled: true, metric_name: name });

const transformed = (type: 'NONE' | 'URL_DECODE'): Nested => nested({ priority: 0, type });

const rule = ({ name, method, path, limit, retryAfterSeconds }: ClientRate, index: number): Nested => nested({
  name,
  priority: index,
  action: nested({ block: nested({ custom_response: nested({ response_code: 429, response_header: nested({ name: 'Retry-After', value: String(retryAfterSeconds) }) }) }) }),
  statement: nested({
    rate_based_statement: nested({
      aggregate_key_type: 'IP',
      evaluation_window_sec: clientWindowSeconds,
      limit,
      scope_down_statement: nested({
        and_statement: nested({
          statement: [
            nested({ byte_match_statement: nested({ search_string: method, positional_constraint: 'EXACTLY', field_to_match: nested({ method: nested({}) }), text_transformation: transformed('NONE') }) }),
            nested({ regex_match_statement: nested({ regex_string: path, field_to_match: nested({ uri_path: nested({}) }), text_transformation: transformed('URL_DECODE') }) }),
          ],
        }),
      }),
    }),
  }),
  visibility_config: seen(name),
});
