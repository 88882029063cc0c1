import { Commented, Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';

type Fields = { readonly [key: string]: YamlValue };

/** Properties that the transform takes for all functions of a template, and that say nothing of one function in particular. */
const shareable = ['Handler', 'Runtime', 'Architectures', 'Tracing'];

const fieldsOf = (value: YamlValue | undefined): Fields | undefined =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Tagged) && !(value instanceof Commented) ? value as Fields : undefined);
const functionIn = (resource: YamlValue): Fields | undefined => {
  const fields = fieldsOf(resource);
  return fields?.['Type'] === 'AWS::Serverless::Function' ? fieldsOf(fields['Properties']) : undefined;
};

/** The sections `Globals` and `Resources` of a template: what all of its functions have in common is said once, and each says what is its own. */
export const withGlobals = (resources: Resources): Fields => {
  const functions = Object.values(resources).flatMap((resource): readonly Fields[] => [functionIn(resource)].filter((one) => one !== undefined));
  const first: Fields = functions[0] ?? {};
  const common = functions.length < 2 ? [] : shareable.filter((key) => functions.every((one) => JSON.stringify(one[key]) === JSON.stringify(first[key])));
  if (common.length === 0) return { Resources: resources };
  return {
    Globals: { Function: Object.fromEntries(common.map((key) => [key, first[key] ?? null])) },
    Resources: Object.fromEntries(Object.entries(resources).map(([id, resource]): [string, YamlValue] => {
      const properties = functionIn(resource);
      return [id, properties ? { ...fieldsOf(resource), Properties: Object.fromEntries(Object.entries(properties).filter(([key]) => !common.includes(key))) } : resource];
    })),
  };
};
