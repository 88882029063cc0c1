import type { Api } from '../../src/ir/index.js';
import { clientRates, clientWindowSeconds, type ClientRate } from '../kit/aws/client-rates.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';

/** A web ACL with a rule for each route that limits its clients, in front of the stage. */
export const clientRateResources = (api: Api, ids: LogicalIds): Resources => {
  const rates = clientRates(api);
  if (rates.length === 0) return {};
  return {
    ClientRates: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: seen('ClientRates'), Rules: rates.map(rule) },
    },
    ClientRatesAssociation: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { ResourceArn: stageArn(ids), WebACLArn: new Tagged('!GetAtt', 'ClientRates.Arn') },
    },
  };
};

/** The stage of a REST API as a firewall knows it. */
export const stageArn = (ids: LogicalIds): YamlValue => new Tagged('!Sub', `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${${ids.api}}/stages/\${${ids.api}.Stage}`);

const seen = (name: string): YamlValue => ({ SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name });

const rule = ({ name, method, path, limit, retryAfterSeconds }: ClientRate, index: number): YamlValue => ({
  Name: name,
  Priority: index,
  VisibilityConfig: seen(name),
  Action: { Block: { CustomResponse: { ResponseCode: 429, ResponseHeaders: [{ Name: 'Retry-After', Value: String(retryAfterSeconds) }] } } },
  Statement: {
    RateBasedStatement: {
      AggregateKeyType: 'IP',
      EvaluationWindowSec: clientWindowSeconds,
      Limit: limit,
      ScopeDownStatement: {
        AndStatement: {
          Statements: [
            { ByteMatchStatement: { FieldToMatch: { Method: {} }, PositionalConstraint: 'EXACTLY', SearchString: method, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } },
            { RegexMatchStatement: { FieldToMatch: { UriPath: {} }, RegexString: path, TextTransformations: [{ Priority: 0, Type: 'URL_DECODE' }] } },
          ],
        },
      },
    },
  },
});
