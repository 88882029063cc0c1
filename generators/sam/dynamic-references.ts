import { Commented, Tagged, type YamlValue } from '../kit/yaml.js';

/** A text of the template that CloudFormation would look up instead of taking it as it is, and where it stands. */
export interface DynamicReference { readonly text: string; readonly place: string }

/** How such a text begins, whatever is written around it. */
export const dynamicMark = '{{resolve:';

/** CloudFormation resolves them after its functions and wherever they stand, so no notation of a template keeps them as text. */
export const dynamicReferences = (value: YamlValue, place: readonly string[] = []): DynamicReference[] => {
  if (typeof value === 'string') return value.includes(dynamicMark) ? [{ text: value, place: place.join('.') }] : [];
  if (value instanceof Tagged || value instanceof Commented) return dynamicReferences(value.value, place);
  if (Array.isArray(value)) return (value as readonly YamlValue[]).flatMap((item, index) => dynamicReferences(item, [...place, String(index)]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Readonly<Record<string, YamlValue>>).flatMap(([key, item]) => [
    ...(key.includes(dynamicMark) ? [{ text: key, place: place.join('.') }] : []),
    ...dynamicReferences(item, [...place, key]),
  ]);
};
