import { CloudText, type CloudValue, type CloudVariable } from '../kit/aws/cloud-text.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { LogicalIds } from './names.js';

/** Cloud text as CloudFormation: `Fn::Sub`, with every `${` of a literal part escaped; a lone variable as its own intrinsic. */
export const toYaml = (value: CloudValue, ids: LogicalIds): YamlValue => {
  if (value instanceof CloudText) return printText(value, ids);
  if (Array.isArray(value)) return (value as readonly CloudValue[]).map((item) => toYaml(item, ids));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toYaml(item as CloudValue, ids)]));
  return value as YamlValue;
};

const printText = (text: CloudText, ids: LogicalIds): YamlValue => {
  const [only] = text.parts;
  if (text.parts.every((part) => typeof part === 'string')) return text.parts.join('');
  if (text.parts.length === 1 && only !== undefined && typeof only !== 'string') {
    const name = variable(only, ids);
    return name.includes('.') && !name.endsWith('.Alias') ? new Tagged('!GetAtt', name) : new Tagged('!Ref', name);
  }
  return new Tagged('!Sub', text.parts.map((part) => (typeof part === 'string' ? part.replaceAll('${', '${!') : `\${${variable(part, ids)}}`)).join(''));
};

const variable = (part: CloudVariable, ids: LogicalIds): string => {
  switch (part.cloud) {
    case 'partition': return 'AWS::Partition';
    case 'region': return 'AWS::Region';
    case 'account': return 'AWS::AccountId';
    case 'api-id': return ids.api;
    case 'stage': return ids.stage;
    case 'function-arn': return `${ids.function(part.name)}.Alias`;
    case 'authorizer-arn': return `${ids.authorizer(part.name)}.Arn`;
    case 'resource-arn': return ids.resource(part.name).arn;
    case 'resource-name': return ids.resource(part.name).name;
    case 'resource-url': return ids.resource(part.name).url;
    case 'parameter': return ids.parameter(part);
  }
};
