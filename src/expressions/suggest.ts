import { pointerToken } from '../base/origin.js';
import type { Api, Operation, Schema } from '../ir/index.js';
import { contextNames } from './parse.js';

/** An expression that means something, and what. */
export interface Offered { readonly name: string; readonly description: string }

/** The expressions that an operation's policy may use: what its requests have, what the gateway knows of each, what stages vary. */
export const expressionsFor = (api: Api | undefined, operation: Operation | undefined): readonly Offered[] => {
  const of = (name: string, description = ''): Offered => ({ name, description });
  const body = operation?.body?.contents.find(({ kind }) => kind === 'json')?.schema;
  return [
    ...(operation?.parameters ?? []).map((parameter) => of(`$request.${parameter.in}.${parameter.name}`, parameter.description)),
    ...(operation?.body ? [of('$request.body', 'The whole body.')] : []),
    ...(api && body ? propertiesOf(api, body) : []).map(([name, schema]) => of(`$request.body#/${pointerToken(name)}`, schema.description)),
    ...contextNames.map((name) => of(`$context.${name}`)),
    ...(operation && operation.security.length > 0 ? ['principalId', 'scheme', 'scopes'] : []).map((name) => of(`$auth.${name}`)),
    ...new Set([...(api?.stages.values() ?? [])].flatMap(({ variables }) => [...variables.keys()].map((name) => `$stage.${name}`))),
  ].map((each) => (typeof each === 'string' ? of(each, 'Differs between stages.') : each));
};

/** Properties of an object, those of named schemas and of all parts of one among them. */
const propertiesOf = (api: Api, schema: Schema, passed: ReadonlySet<Schema> = new Set()): readonly (readonly [string, Schema])[] => {
  const named = schema.ref === undefined ? undefined : api.schemas.get(schema.ref)?.schema;
  if (passed.has(schema)) return [];
  const below = new Set(passed).add(schema);
  return [...(schema.properties ?? []), ...[...(named ? [named] : []), ...(schema.allOf ?? [])].flatMap((part) => propertiesOf(api, part, below))];
};
