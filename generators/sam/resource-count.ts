import { Commented, Tagged, type YamlValue } from '../kit/yaml.js';

/** Of one stack (AWS CloudFormation quotas). */
export const mostResources = 500;
/** Of a template that is read from a bucket, where `sam deploy` puts it (AWS CloudFormation quotas). */
export const mostBytes = 1_000_000;

type Fields = { readonly [key: string]: YamlValue };

const fields = (value: YamlValue | undefined): Fields => {
  const plain = value instanceof Commented ? value.value : value;
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) && !(plain instanceof Tagged) ? (plain as Fields) : {};
};

/** How many resources those of a template of this generator come to, once the SAM translator has spelt out its own kinds. */
export const resourceCount = (resources: { readonly [id: string]: YamlValue }): number =>
  Object.values(resources).reduce<number>((sum, resource) => sum + spelledOut(fields(resource)), 0);

const spelledOut = ({ Type: type, Properties: properties }: Fields): number => {
  const { AutoPublishAlias: alias, DeploymentPreference: preference, Events: events } = fields(properties);
  switch (type) {
    // The function with its role, the alias with the version behind it, its deployment group, and a mapping, rule or subscription for each event.
    case 'AWS::Serverless::Function': return 2 + (alias === undefined ? 0 : 2) + (preference === undefined ? 0 : 1) + Object.keys(fields(events)).length;
    case 'AWS::Serverless::Api': return 3;
    case 'AWS::Serverless::HttpApi': case 'AWS::Serverless::StateMachine': return 2;
    default: return 1;
  }
};
