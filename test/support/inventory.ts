import { compare } from '../../src/base/order.js';
import { words } from '../../src/base/text.js';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
const isMap = (value: Plain | undefined): value is { readonly [key: string]: Plain } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What says nothing of meaning: identifiers and dates, and what follows from them. */
const incidental = /^(?:(?:.*[a-z])?Id|id|.*Date|ApiEndpoint|cacheNamespace|deployments)$/;

/** Differences between the two tools' ways, each with its reason. */
const reasoned: Readonly<Record<string, string>> = {
  name: 'CloudFormation takes the name of a REST API from its definition, Terraform adds the stage',
  tags: 'the provider tags by default; CloudFormation tags with its stack',
  Tags: 'the provider tags by default; CloudFormation tags with its stack',
  Description: 'one reads back an empty description, the other none',
  description: 'one reads back an empty description, the other none',
};

/** `shop-prod-get-order:live` and `check-GetOrderFunction-61G6JLU9LPHK:live` are one function. Terraform has an alias for authorizers, too. */
const functionName = (text: string): string => {
  const [name = '', alias = ''] = text.split(':');
  const own = name.replace(/^check-/, '').replace(/-[A-Z0-9]{12,13}$/, '').replace(/^[a-z0-9-]+?-(?:prod|dev)-/, '');
  const parts = words(own).map((word) => word.toLowerCase()).filter((word) => word !== 'function');
  return `${parts.join(' ')}${parts.at(-1) === 'authorizer' ? '' : `:${alias}`}`;
};

const textOf = (text: string): Plain => {
  try {
    const parsed = JSON.parse(text) as Plain;
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // No JSON: text as it is.
  }
  return text.replace(/(?<=:function:)[^/]+/, functionName);
};

/** Ids of what else stands in the API → what it is. */
const namesOf = (api: Plain): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  if (!isMap(api)) return names;
  for (const [list, id, name] of [['authorizers', 'id', 'name'], ['authorizers', 'AuthorizerId', 'Name'], ['validators', 'id', 'name'], ['integrations', 'IntegrationId', 'IntegrationUri']] as const) {
    const items = api[list];
    for (const item of Array.isArray(items) ? items as readonly Plain[] : []) if (isMap(item) && typeof item[id] === 'string') names.set(item[id], String(textOf(String(item[name]))));
  }
  return names;
};

const normal = (value: Plain, names: ReadonlyMap<string, string>): Plain => {
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => normal(item, names)).sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  if (isMap(value)) {
    return Object.fromEntries(Object.keys(value).sort(compare).flatMap((key): (readonly [string, Plain])[] => {
      const item = value[key] as Plain;
      const named = typeof item === 'string' ? names.get(item.replace(/^integrations\//, '')) : undefined;
      if (named !== undefined && !/^(?:id|AuthorizerId|IntegrationId)$/.test(key)) return [[key, named]];
      if (key === 'AuthorizerId' && named !== undefined && 'RouteKey' in value) return [[key, named]];
      return incidental.test(key) || key in reasoned ? [] : [[key, normal(item, names)]];
    }));
  }
  if (typeof value !== 'string') return value;
  const read = textOf(value);
  return typeof read === 'string' ? read : normal(read, names);
};

/** What was deployed, read back through the cloud's own API, without what differs from one deployment to the next. */
export const meaningOf = (result: string): Plain => {
  const { inventory } = JSON.parse(result) as { readonly inventory: { readonly [kind: string]: readonly Plain[] | string } };
  return Object.fromEntries((['rest', 'http', 'plans'] as const).map((kind) => [kind, (inventory[kind] as readonly Plain[]).map((api) => normal(api, namesOf(api)))]));
};
