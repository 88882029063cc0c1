import { remember } from '../base/remember.js';
import type { AuthContract, HeaderEdits as EditsContract, ParameterContract, Source } from '../runtime/contract.js';
import type { Api } from './api.js';
import type { Expression } from './expression.js';
import type { Operation, Parameter } from './operation.js';
import type { HeaderEdits } from './policy.js';
import { shapeOf } from './shape.js';
import { resolve } from './walk.js';

/** A parameter as the runtime reads it. */
export const parameterContract = remember((parameter: Parameter, api: Api): ParameterContract => {
  const { encoding, schema } = parameter;
  const inherited = schema.default ?? resolve(api, schema).default;
  return {
    in: parameter.in,
    name: parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name,
    required: parameter.required,
    shape: shapeOf(api, schema),
    ...(encoding.kind === 'style'
      ? { style: encoding.style, explode: encoding.explode, ...(encoding.allowEmptyValue ? { allowEmpty: true } : {}) }
      : { style: 'simple', explode: false, content: /[/+]json$/.test(encoding.mediaType.split(';', 1)[0] ?? '') ? 'json' : 'text' }),
    ...(inherited && inherited[0] !== null ? { default: inherited[0] } : {}),
  };
});

const checking = new Set(['jwt', 'user-pool', 'function', 'introspection', 'iam', 'client-certificate']);

/** Checks that tell which scopes a caller has. */
const scoped = new Set(['jwt', 'user-pool', 'function', 'introspection']);

/** Whether a caller is known by the time the function runs, by which scheme, and with which scopes. */
export const authContract = (api: Api, { security }: Operation): AuthContract => {
  const schemes = new Set(security.flatMap(({ all }) => all.map(({ scheme }) => scheme)));
  const [only] = schemes;
  const named = schemes.size === 1 && only !== undefined ? { scheme: only } : {};
  if (schemes.size === 0) return { need: 'none' };
  const kind = (scheme: string): string => api.schemes.get(scheme)?.check?.kind ?? '';
  const checked = security.every(({ all }) => all.some(({ scheme }) => checking.has(kind(scheme))));
  const anyOf = security.map(({ all }) => all.map(({ scheme, scopes }) => ({ scheme, scopes: scoped.has(kind(scheme)) ? scopes : [] })));
  return { need: checked ? 'required' : 'optional', ...named, ...(anyOf.some((all) => all.some(({ scopes }) => scopes.length > 0)) ? { anyOf } : {}) };
};

const source = (value: HeaderEdits['set'] extends ReadonlyMap<string, infer T> ? T : never): string | Source | undefined =>
  typeof value === 'string' ? value : value.source.kind === 'body' && value.source.of === 'response' ? undefined : sourceContract(value);

/** An expression as the runtime takes it; nothing for headers of a response, which no code of ours has. */
export const sourceContract = ({ source: from }: Expression): Source | undefined => {
  if (from.kind === 'response-header') return undefined;
  return from.kind === 'body' ? { kind: from.of === 'request' ? 'body' : 'response', pointer: from.pointer } : from;
};

/** Edits of headers as the runtime makes them. */
export const headerContract = (edits: HeaderEdits): EditsContract =>
  ({ remove: edits.remove, set: [...edits.set].flatMap(([name, value]) => {
    const content = source(value);
    return content === undefined ? [] : [[name, content] as const];
  }) });
