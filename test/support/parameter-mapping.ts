/** A request as API Gateway has it when it maps parameters. */
export interface MappedRequest {
  readonly path: string;
  /** In the order sent, decoded. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly variables: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** What the developer guide does not say: a value that is missing or null. */
export const undocumented = Symbol('undocumented');
type Value = string | typeof undocumented;

/**
 * The value of a parameter by the developer guide, "Transform API requests and responses for your HTTP APIs": text as it is,
 * one variable as `$request.header.name`, several (or among text) in braces; several values of a header or query in one, with
 * commas; parts of a body by a JSONPath of names. Written from the guide alone: what prints parameters is not consulted.
 */
export const mapParameter = (text: string, request: MappedRequest): Value => {
  if (!text.includes('$')) return text;
  const whole = /^\$([A-Za-z][\w.-]*)$/.exec(text);
  if (whole) return variable(whole[1] as string, request);
  const values = [...text.matchAll(/\$\{([A-Za-z][\w.-]*)\}|([^$]+)|\$/g)].map(([all, name]): Value => (name === undefined ? (all === '$' ? undocumented : all) : variable(name, request)));
  return values.some((value) => value === undocumented) ? undocumented : values.join('');
};

const variable = (name: string, { path, query, headers, variables, body, context, stageVariables }: MappedRequest): Value => {
  const [root = '', part = '', ...rest] = name.split('.');
  if (root === 'stageVariables') return known(stageVariables[part]);
  if (root === 'context') return known(follow(context, [part, ...rest]));
  if (root !== 'request') return undocumented;
  const key = rest.join('.');
  const all = (pairs: readonly (readonly [string, string])[]): Value => (pairs.length === 0 ? undocumented : pairs.map(([, value]) => value).join(','));
  switch (part) {
    case 'header': return all(headers.filter(([header]) => header.toLowerCase() === key.toLowerCase()));
    case 'querystring': return all(query.filter(([parameter]) => parameter === key));
    case 'path': return key === '' ? path : known(variables[key]);
    case 'body': return known(follow(body, rest));
    default: return undocumented;
  }
};

const known = (value: unknown): Value => (value === undefined || value === null ? undocumented : typeof value === 'string' ? value : JSON.stringify(value));

const follow = (value: unknown, names: readonly string[]): unknown =>
  names.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : undefined), value);
