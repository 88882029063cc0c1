/** The objects of OpenAPI in which a reference or an extension may stand. */
export type Kind =
  | 'document' | 'components' | 'pathItem' | 'operation' | 'parameter' | 'header' | 'requestBody' | 'mediaType' | 'encoding' | 'response'
  | 'callback' | 'link' | 'example' | 'securityScheme' | 'schema' | 'plain';

/** What a field holds: an object, a list of them, or a map of them by name. */
export interface Field { readonly holds: Kind; readonly as: 'one' | 'list' | 'map' }

const one = (holds: Kind): Field => ({ holds, as: 'one' });
const list = (holds: Kind): Field => ({ holds, as: 'list' });
const map = (holds: Kind): Field => ({ holds, as: 'map' });

const valued: Readonly<Record<string, Field>> = { schema: one('schema'), content: map('mediaType'), examples: map('example') };
const operations = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'].map((method) => [method, one('operation')] as const);

/** Which fields of each object hold objects of the specification; all other values are copied as they are. */
export const grammar: Readonly<Record<Kind, Readonly<Record<string, Field>>>> = {
  document: { info: one('plain'), servers: list('plain'), tags: list('plain'), paths: map('pathItem'), webhooks: map('pathItem'), components: one('components') },
  components: {
    schemas: map('schema'), responses: map('response'), parameters: map('parameter'), examples: map('example'), requestBodies: map('requestBody'),
    headers: map('header'), securitySchemes: map('securityScheme'), links: map('link'), callbacks: map('callback'), pathItems: map('pathItem'),
  },
  pathItem: { parameters: list('parameter'), ...Object.fromEntries(operations) },
  operation: { parameters: list('parameter'), requestBody: one('requestBody'), responses: map('response'), callbacks: map('callback') },
  parameter: valued,
  header: valued,
  requestBody: { content: map('mediaType') },
  mediaType: { schema: one('schema'), examples: map('example'), encoding: map('encoding') },
  encoding: { headers: map('header') },
  response: { headers: map('header'), content: map('mediaType'), links: map('link') },
  callback: {},
  link: {},
  example: {},
  securityScheme: {},
  plain: {},
  schema: {
    items: one('schema'), additionalProperties: one('schema'), not: one('schema'), if: one('schema'), then: one('schema'), else: one('schema'), contains: one('schema'),
    propertyNames: one('schema'), unevaluatedItems: one('schema'), unevaluatedProperties: one('schema'), contentSchema: one('schema'),
    allOf: list('schema'), anyOf: list('schema'), oneOf: list('schema'), prefixItems: list('schema'),
    properties: map('schema'), patternProperties: map('schema'), dependentSchemas: map('schema'), $defs: map('schema'), definitions: map('schema'),
  },
};

/** Where in `components` an object is put when it comes from another file; the others are written out in place. */
export const sectionOf: Readonly<Partial<Record<Kind, string>>> = {
  schema: 'schemas', response: 'responses', parameter: 'parameters', example: 'examples', requestBody: 'requestBodies', header: 'headers',
  securityScheme: 'securitySchemes', link: 'links', callback: 'callbacks',
};
