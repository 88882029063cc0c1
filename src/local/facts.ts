import type { Json } from '../base/json.js';
import type { EvaluationFacts } from '../ir/evaluate.js';
import type { Parameter } from '../ir/index.js';
import { resolve } from '../ir/walk.js';
import { headerOf } from './exchange.js';
import type { Passage, Site } from './passage.js';

/** What expressions of a request are answered from. */
export const factsOf = ({ api, stage, stageVariables }: Site, { id, epochMs, request, caller: { auth }, match: { operation, variables } }: Passage, body: Json | undefined): EvaluationFacts => {
  const query = new URLSearchParams(request.query);
  // Sent more than once: an HTTP API makes one value of all, and templates get the last.
  const one = (values: readonly string[]): string | undefined => (api.protocol.kind === 'http' && values.length > 0 ? values.join(',') : values.at(-1));
  const given: Readonly<Record<Parameter['in'], (name: string) => string | undefined>> = {
    path: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    query: (name) => one(query.getAll(name)),
    header: (name) => one(request.headers.flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? [value] : []))),
    cookie: () => undefined,
  };
  const values = (place: Parameter['in']): ReadonlyMap<string, Json> => new Map(operation.parameters.filter((parameter) => parameter.in === place).flatMap(({ name, schema }) => {
    const text = given[place](name);
    return text === undefined ? [] : [[place === 'header' ? name.toLowerCase() : name, typed(text, resolve(api, schema).types)] as const];
  }));
  const context: readonly (readonly [string, string | number | undefined])[] = [
    ['requestId', id], ['stage', stage], ['sourceIp', request.sourceIp], ['time', `${new Date(epochMs).toISOString().slice(0, 19)}Z`], ['epochMs', epochMs],
    ['domain', headerOf(request.headers, 'host')], ['userAgent', headerOf(request.headers, 'user-agent')],
  ];
  return {
    method: request.method, url: request.path, body,
    parameters: { path: values('path'), query: values('query'), header: values('header'), cookie: values('cookie') },
    context: new Map(context.filter((entry): entry is readonly [string, string | number] => entry[1] !== undefined)),
    auth: auth ? { scheme: auth.scheme, principalId: auth.principalId, scopes: auth.scopes, claims: auth.claims } : {},
    stage: new Map(Object.entries(stageVariables)),
  };
};

/** A value of a single type as that type; what is not of it counts as null, as in the gateway's templates. */
const typed = (text: string, types: readonly string[] | undefined): Json => {
  const known = types?.filter((type) => type !== 'null') ?? [];
  if (known.length !== 1) return text;
  switch (known[0]) {
    case 'integer': case 'number': return /^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?$/.test(text) ? Number(text) : null;
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : null;
    default: return text;
  }
};
