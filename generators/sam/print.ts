import { CloudText, type CloudValue, type CloudVariable } from '../kit/aws/cloud-text.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { ArnPart, LogicalIds, Piece } from './names.js';

/** Cloud text as CloudFormation: `Fn::Sub`, with every `${` of a literal part escaped; a lone variable as its own intrinsic. */
export const toYaml = (value: CloudValue, ids: LogicalIds): YamlValue => {
  if (value instanceof CloudText) return printText(value, ids);
  if (Array.isArray(value)) return (value as readonly CloudValue[]).map((item) => toYaml(item, ids));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toYaml(item as CloudValue, ids)]));
  return value as YamlValue;
};

const printText = (text: CloudText, ids: LogicalIds): YamlValue => {
  const pieces = text.parts.flatMap((part): readonly Piece[] => (typeof part === 'string' ? [part] : piecesOf(part, ids)));
  const [only] = pieces;
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
  if (pieces.length === 1 && only !== undefined && typeof only !== 'string') {
    if ('arn' in only) return partOf(only);
    return only.variable.includes('.') && !only.variable.endsWith('.Alias') ? new Tagged('!GetAtt', only.variable) : new Tagged('!Ref', only.variable);
  }
  const parts: Record<string, YamlValue> = {};
  const printed = pieces.map((piece) => {
    if (typeof piece === 'string') return piece.replaceAll('${', '${!');
    if ('variable' in piece) return `\${${piece.variable}}`;
    const key = `${piece.arn}Part${piece.index}`;
    parts[key] = partOf(piece);
    return `\${${key}}`;
  }).join('');
  return new Tagged('!Sub', Object.keys(parts).length === 0 ? printed : [printed, parts]);
};

const piecesOf = (part: CloudVariable, ids: LogicalIds): readonly Piece[] => {
  const named = variable(part, ids);
  if (typeof named === 'string') return [{ variable: named }];
  return 'arn' in named ? [named] : named;
};

const partOf = ({ arn, separator, index }: ArnPart): YamlValue => new Tagged('!Select', [index, new Tagged('!Split', [separator, new Tagged('!Ref', arn)])]);

const variable = (part: CloudVariable, ids: LogicalIds): string | ArnPart | readonly Piece[] => {
  switch (part.cloud) {
    case 'partition': return 'AWS::Partition';
    case 'region': return 'AWS::Region';
    case 'account': return 'AWS::AccountId';
    case 'api-id': return ids.api;
    case 'stage': return ids.stage;
    case 'function-arn': return `${ids.function(part.name)}.Alias`;
    case 'authorizer-arn': return `${ids.authorizer(part.name)}.Arn`;
    case 'dead-letters-arn': return `${ids.worker(part.name)}DeadLetters.Arn`;
    case 'resource-arn': return ids.resource(part.name).arn;
    case 'resource-name': return ids.resource(part.name).name;
    case 'resource-account': return ids.resource(part.name).account;
    case 'role-arn': return `${ids.role(part.name)}.Arn`;
    case 'resource-url': return ids.resource(part.name).url;
    case 'parameter': return ids.parameter(part);
  }
};
