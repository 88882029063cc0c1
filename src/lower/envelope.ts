import { at, type Origin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import type { OperationShape } from '../expressions/scope.js';
import { facets, typesOf } from '../expressions/walk.js';
import type { Envelope, EnvelopeValue, NamedSchema, Schema } from '../ir/index.js';
import { unfillable } from './gateway-diagnostics.js';

type Kind = Exclude<EnvelopeValue['kind'], 'literal'>;

/** The problem details of RFC 9457, with the request's id and the single faults as its extension members. */
export const problemDetails: Envelope = {
  mediaType: 'application/problem+json',
  fields: [
    { name: 'type', value: { kind: 'type' } },
    { name: 'title', value: { kind: 'title' } },
    { name: 'status', value: { kind: 'status' } },
    { name: 'detail', value: { kind: 'detail' } },
    { name: 'instance', value: { kind: 'instance' } },
    { name: 'code', value: { kind: 'code' } },
    { name: 'requestId', value: { kind: 'request-id' } },
    { name: 'errors', value: { kind: 'errors' } },
  ],
};

/** What the usual names of an error's properties mean, by the type they have. */
const meanings: ReadonlyMap<string, readonly { readonly type: 'string' | 'integer' | 'array'; readonly kind: Kind }[]> = new Map([
  ['status', [{ type: 'integer', kind: 'status' }, { type: 'string', kind: 'status-text' }]],
  ['statuscode', [{ type: 'integer', kind: 'status' }]],
  ['httpstatus', [{ type: 'integer', kind: 'status' }, { type: 'string', kind: 'status-text' }]],
  ['code', [{ type: 'string', kind: 'code' }, { type: 'integer', kind: 'status' }]],
  ['errorcode', [{ type: 'string', kind: 'code' }, { type: 'integer', kind: 'status' }]],
  ['title', [{ type: 'string', kind: 'title' }]],
  ['error', [{ type: 'string', kind: 'title' }]],
  ['reason', [{ type: 'string', kind: 'title' }]],
  ['name', [{ type: 'string', kind: 'code' }]],
  ['message', [{ type: 'string', kind: 'detail' }]],
  ['detail', [{ type: 'string', kind: 'detail' }]],
  ['description', [{ type: 'string', kind: 'detail' }]],
  ['details', [{ type: 'array', kind: 'errors' }, { type: 'string', kind: 'detail' }]],
  ['type', [{ type: 'string', kind: 'type' }]],
  ['instance', [{ type: 'string', kind: 'instance' }]],
  ['path', [{ type: 'string', kind: 'instance' }]],
  ['requestid', [{ type: 'string', kind: 'request-id' }]],
  ['correlationid', [{ type: 'string', kind: 'request-id' }]],
  ['traceid', [{ type: 'string', kind: 'request-id' }]],
  ['errors', [{ type: 'array', kind: 'errors' }]],
  ['violations', [{ type: 'array', kind: 'errors' }]],
  ['invalidparams', [{ type: 'array', kind: 'errors' }]],
]);

/** The envelope out of a schema of the document: each property filled by what its name and type mean. */
export const lowerEnvelope = (
  named: NamedSchema | undefined,
  where: Origin,
  operations: readonly OperationShape[],
  schemas: ReadonlyMap<string, NamedSchema>,
  report: Report,
): Envelope => {
  if (!named) return problemDetails;
  const all = facets(named.schema, schemas);
  const properties = new Map(all.flatMap((facet) => [...(facet.properties ?? [])]));
  const required = new Set(all.flatMap((facet) => facet.required ?? []));
  const fields = [...properties].flatMap(([name, schema]) => {
    const value = valueOf(name, schema, schemas);
    if (!value && required.has(name)) report(unfillable({ schema: named.name, property: name }, where, [{ at: at(named.schema.origin, 'properties', name), message: 'the property is described here' }]));
    return value ? [{ name, value }] : [];
  });
  const declared = operations.flatMap(({ responses }) => responses.flatMap(({ contents }) => contents)).find(({ schema }) => schema?.ref === named.name);
  const problem = fields.some(({ value }) => value.kind === 'title') && fields.some(({ value }) => value.kind === 'type');
  return { mediaType: declared?.mediaType ?? (problem ? 'application/problem+json' : 'application/json'), schema: named.name, fields };
};

const valueOf = (name: string, schema: Schema, schemas: ReadonlyMap<string, NamedSchema>): EnvelopeValue | undefined => {
  const fixed = facets(schema, schemas).flatMap((facet) => facet.const ?? (facet.enum?.length === 1 ? facet.enum : facet.default ?? []));
  if (fixed[0] !== undefined) return { kind: 'literal', value: fixed[0] };
  const types = typesOf(schema, schemas);
  const fits = (type: string): boolean => types.length === 0 || types.some((each) => each === type || (each === 'number' && type === 'integer'));
  const meaning = meanings.get(name.toLowerCase().replaceAll(/[^a-z]/g, ''))?.find(({ type }) => fits(type));
  return meaning && { kind: meaning.kind };
};
