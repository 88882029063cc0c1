import { compare } from '../../src/base/order.js';
import { words } from '../../src/base/text.js';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
type Fields = { readonly [key: string]: Plain };
const isMap = (value: Plain | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: Plain | undefined): Fields => (isMap(value) ? value : {});
const itemsOf = (value: Plain | undefined): readonly Fields[] => (Array.isArray(value) ? (value as readonly Plain[]).filter(isMap) : []);

/** What one deployment made, as `account.py` reads it back. */
export interface Account {
  readonly problems: readonly (string | { readonly text: string })[];
  /** What failed for a limit of the emulator that its own list has. */
  readonly known: readonly { readonly text: string }[];
  /** Nothing where nothing could be deployed. */
  readonly inventory: { readonly rest: readonly Fields[]; readonly http: readonly Fields[]; readonly plans: readonly Fields[] } | null;
  readonly functions: readonly Fields[];
  /** The roles that the gateway may take, with what each may do. */
  readonly calls: readonly Fields[];
  /** Domains that lead to a stage, and web ACLs that stand before one. */
  readonly edges: readonly Fields[];
}

/** What says nothing of meaning: identifiers and dates, and what follows from them. Which web ACL it is stands in `edges`. */
const incidental = /^(?:(?:.*[a-z])?Id|id|.*Date|ApiEndpoint|cacheNamespace|deployments|keys|webAclArn)$/;

/** Differences between the two tools' ways, and between the emulator's, each with its reason. */
const reasoned: Readonly<Record<string, string>> = {
  name: 'CloudFormation takes the name of a REST API from its definition, Terraform adds the stage',
  tags: 'the provider tags by default; CloudFormation tags with its stack',
  Tags: 'the provider tags by default; CloudFormation tags with its stack',
  Description: 'one reads back an empty description, the other none',
  description: 'one reads back an empty description, the other none',
};

/** `shop-prod-get-order:live` and `check-shop-GetOrderFunction-61G6JLU9LPHK:live` are one function. Terraform has an alias for authorizers, too. */
const functionName = (text: string): string => {
  const [name = '', alias = ''] = text.split(':');
  const own = name.replace(/^check-[a-z0-9-]+?-(?=[A-Z])/, '').replace(/-[A-Z0-9]{12,13}$/, '').replace(/^[a-z0-9-]+?-(?:prod|dev)-/, '');
  const parts = words(own).map((word) => word.toLowerCase()).filter((word, index, all) => word !== 'function' && word !== all[index - 1]);
  return `${parts.join(' ')}${parts.at(-1) === 'authorizer' ? '' : `:${alias}`}`;
};

/** Names of buckets are in lower case: `shop-prod-files-20261128055134393800000001` and `check-shop-filesbucket-1pmgk8q09qw0`. */
const bucketName = (text: string): string => text.replace(/-\d{26}$/, '').replace(/^check-[a-z0-9-]+-([a-z0-9]+)bucket-[a-z0-9]{12,13}$/, '$1');

/** `shop-prod-fulfilment` and `check-shop-FulfilmentQueue-61G6JLU9LPHK`, in the ARNs and URIs of what the gateway calls. */
const backingName = (text: string): string => words(bucketName(text).replace(/^check-[a-z0-9-]+?-(?=[A-Z])/, '').replace(/-[A-Z0-9]{12,13}$/, '').replace(/^[a-z0-9-]+?-(?:prod|dev)-/, '')).map((word) => word.toLowerCase())
  .filter((word, index, all) => index === 0 || index < all.length - 1 || !/^(?:queue|topic|table|bus|stream|workflow|bucket|role|call)$/.test(word)).join(' ');

const textOf = (text: string): Plain => {
  try {
    const parsed = JSON.parse(text) as Plain;
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // No JSON: text as it is.
  }
  return text.replace(/(?<=:function:)[^/]+/, functionName).replace(/(?:check-|[a-z0-9-]+?-(?:prod|dev)-)[A-Za-z0-9-]+/g, backingName);
};

/** Ids of what else stands in the API → what it is. */
const namesOf = (api: Plain): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const [list, id, name] of [['authorizers', 'id', 'name'], ['authorizers', 'AuthorizerId', 'Name'], ['validators', 'id', 'name'], ['integrations', 'IntegrationId', 'IntegrationUri']] as const) {
    for (const item of itemsOf(fieldsOf(api)[list])) if (typeof item[id] === 'string') names.set(item[id], String(textOf(String(item[name]))));
  }
  return names;
};

/** What is the same, said or not: a browser is told of no header and sends no credentials. */
const unsaid = (key: string, item: Plain): boolean => (key === 'AllowCredentials' && item === false) || (key === 'ExposeHeaders' && Array.isArray(item) && item.length === 0);

const normal = (value: Plain, names: ReadonlyMap<string, string>): Plain => {
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => normal(item, names)).sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  if (isMap(value)) {
    return Object.fromEntries(Object.keys(value).sort(compare).flatMap((key): (readonly [string, Plain])[] => {
      const item = value[key] as Plain;
      const named = typeof item === 'string' ? names.get(item.replace(/^integrations\//, '')) : undefined;
      if (named !== undefined && !/^(?:id|AuthorizerId|IntegrationId)$/.test(key)) return [[key, named]];
      if (key === 'AuthorizerId' && named !== undefined && 'RouteKey' in value) return [[key, named]];
      return incidental.test(key) || key in reasoned || unsaid(key, item) ? [] : [[key, normal(item, names)]];
    }));
  }
  if (typeof value !== 'string') return value;
  const read = textOf(value);
  return typeof read === 'string' ? read : normal(read, names);
};

/** `rest shop` for `shop-prod`. */
const keyOf = (kind: 'rest' | 'http', api: Fields): string => {
  const [stage] = itemsOf(api['stages']);
  return `${kind} ${String(api['name']).replace(new RegExp(`-${String(stage?.['stageName'] ?? stage?.['StageName'])}$`), '')}`;
};

/** Each API that was deployed, read back through the cloud's own API, without what differs from one deployment to the next. */
export const apisOf = ({ inventory }: Account): ReadonlyMap<string, Plain> => new Map([
  ...(['rest', 'http'] as const).flatMap((kind) => (inventory?.[kind] ?? []).map((api) => [keyOf(kind, api), normal(api, namesOf(api))] as const)),
  ...(inventory?.plans ?? []).map((plan) => [`plan ${String(plan['name'])}`, { ...fieldsOf(normal(plan, new Map())), keys: Array.isArray(plan['keys']) ? plan['keys'].length : 0 }] as const),
].sort(([a], [b]) => compare(a, b)));

/** Of an API of that name: what the gateway may do by itself, by the role that it does it in, and what stands before its stage. */
export const edgeOf = ({ calls, edges }: Account, api: string): Plain => ({
  calls: Object.fromEntries(calls.filter(({ name }) => new RegExp(`^(?:check-${api}-(?=[A-Z])|${api}-(?:prod|dev)-)`).test(String(name)) && !/^(?:.*-account-logs|.*-AccountLogRole-\w+)$/.test(String(name)))
    .map(({ name, may = null }): [string, Plain] => [backingName(String(name)), normal(may, new Map())]).sort(([a], [b]) => compare(a, b))),
  edges: normal(edges.filter((edge) => String(edge['api']).replace(/-(?:prod|dev)$/, '') === api).map(({ api: _, ...edge }) => edge), new Map()),
});

/** Actions that either tool grants by a policy of the account's instead: to write the function's own log, to be fed, to be traced. */
const granted = /^(?:logs:|xray:|sqs:(?:ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)$|kinesis:(?:Describe|Get|List))/;

/** Who may call a function, and by which of its names. SAM's transform calls workers by no alias, and gives rules names of its own. */
const callerOf = ({ service, alias, source }: Fields, authorizer: boolean): string => {
  const from = String(source);
  switch (service) {
    case 'sns.amazonaws.com': return `a topic: ${backingName(from.split(':').at(-1) ?? '')}`;
    case 'events.amazonaws.com': return 'a rule of a bus';
    default: return `${String(service)} ${authorizer ? '' : String(alias)} ${backingName(from.replace(/^arn:aws:execute-api:[^/]*\//, ''))}`;
  }
};

/** Each function of an API of that name: what it is, who may call it, and what it may do. */
export const functionsOf = ({ functions }: Account, api: string): ReadonlyMap<string, Plain> => new Map(functions.flatMap((one): (readonly [string, Plain])[] => {
  const name = String(one['name']);
  const rest = new RegExp(`^(?:check-${api}-(?=[A-Z])|${api}-(?:prod|dev)-)`).exec(name);
  if (!rest) return [];
  const authorizer = /authorizer/i.test(name);
  const callers = itemsOf(one['callers']).map((caller) => callerOf(caller, authorizer)).sort();
  return [[functionName(name.split(':')[0] ?? ''), {
    runtime: one['runtime'] ?? null, memory: one['memory'] ?? null, timeout: one['timeout'] ?? null, environment: one['environment'] ?? null,
    architectures: one['architectures'] ?? null, tracing: one['tracing'] ?? null, logging: one['logging'] ?? null, concurrency: one['concurrency'] ?? null, callers,
    actions: (one['actions'] as readonly string[]).filter((action) => !granted.test(action)),
  }]];
}).sort(([a], [b]) => compare(a, b)));
