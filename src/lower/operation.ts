import { isObject } from '../base/json.js';
import { Cursor } from '../document/cursor.js';
import type { Document } from '../document/document.js';
import type { Report } from '../diagnostics/collect.js';
import type { NamedSchema, Operation } from '../ir/index.js';
import { lowerBody } from './body.js';
import { lowerCallbacks } from './callback.js';
import { lowerLinks, operationFinder, type FindOperation } from './link.js';
import { checkDescriptions, lowerInfo, type Info } from './info.js';
import { noOperations } from './openapi-diagnostics.js';
import { nameOperations, type OperationName } from './operation-names.js';
import { methods } from './path-item.js';
import { lowerParameters } from './parameter.js';
import { lowerResponses } from './response.js';
import { findRoutes, type Route } from './route.js';
import { SchemaLowerer } from './schema.js';
import { lowerSchemes, requirementsOf, type SchemeShape } from './security.js';

/** An operation as far as OpenAPI describes it: what it is, not yet how its edge behaves. */
export type OperationShape = Omit<Operation, 'integration' | 'policy'>;

/** An operation with the places where its policy may stand. */
export interface LoweredOperation {
  readonly shape: OperationShape;
  readonly pathItem: Cursor;
  readonly operation: Cursor;
}

/** All that the OpenAPI side of a document says. */
export interface LoweredDocument {
  /** By path, then by method in the specification's order. */
  readonly operations: readonly LoweredOperation[];
  readonly schemas: ReadonlyMap<string, NamedSchema>;
  readonly schemes: ReadonlyMap<string, SchemeShape>;
  readonly info: Info;
}

const operationFields = [
  'tags', 'summary', 'description', 'externalDocs', 'operationId', 'parameters', 'requestBody', 'responses', 'callbacks', 'deprecated', 'security', 'servers',
];
const rootFields = ['openapi', 'info', 'jsonSchemaDialect', 'servers', 'paths', 'webhooks', 'components', 'security', 'tags', 'externalDocs'];
const componentFields = ['schemas', 'responses', 'parameters', 'examples', 'requestBodies', 'headers', 'securitySchemes', 'links', 'callbacks', 'pathItems'];

/**
 * Lowers everything that OpenAPI itself describes. `extra` are places of schemas to be named although no operation
 * refers to them: those that only `x-gateway` uses.
 */
export const lowerOperations = (document: Document, report: Report, extra: readonly Cursor[] = []): LoweredDocument => {
  const root = Cursor.root(document, report);
  root.only('the document', rootFields);
  if (root.get('components')?.object('`components`')) root.get('components')?.only('`components`', componentFields);
  checkDescriptions(root);
  const schemas = new SchemaLowerer(root);
  const routes = findRoutes(root);
  if (!describesOperations(root)) report(noOperations({ webhooks: isObject(root.get('webhooks')?.value) }, root.get('paths')?.origin ?? root.origin));
  const names = nameOperations(routes);
  const find = operationFinder(routes.map(({ operation, path, method }, index) => {
    const stated = operation.get('operationId')?.value;
    return { id: (names[index] as OperationName).id, stated: typeof stated === 'string' ? stated : undefined, path: path.text, method };
  }));
  const operations = routes.map((route, index) => ({
    shape: lowerOperation(route, names[index] as OperationName, root, schemas, find),
    pathItem: route.pathItem,
    operation: route.operation,
  }));
  for (const place of extra) schemas.name(place);
  return { operations, schemas: schemas.finish(), schemes: lowerSchemes(root), info: lowerInfo(root) };
};

/** Whether any path has a method, be it one that cannot be read. */
const describesOperations = (root: Cursor): boolean => {
  const paths = root.get('paths')?.with(() => undefined);
  return paths !== undefined && paths.entries('`paths`').some(([path, item]) => !path.startsWith('x-') && methods.some(([key]) => item.follow()?.get(key) !== undefined));
};

const lowerOperation = (route: Route, name: OperationName, root: Cursor, schemas: SchemaLowerer, find: FindOperation): OperationShape => {
  const { operation, pathItem, method, path } = route;
  operation.only('the operation', operationFields);
  const prose = (field: 'summary' | 'description'): { [K in typeof field]?: string } => {
    const text = operation.get(field)?.prose(`the ${field} of the operation`);
    return text === undefined ? {} : { [field]: text };
  };
  const tags = operation.get('tags')?.items('`tags`').flatMap((tag) => tag.prose('a tag') ?? []) ?? [];
  const body = lowerBody(operation, schemas);
  return {
    origin: operation.origin,
    ...name,
    method,
    path,
    ...prose('summary'),
    ...prose('description'),
    deprecated: operation.get('deprecated')?.boolean('`deprecated`') ?? false,
    tags,
    parameters: lowerParameters(pathItem, operation, path, schemas),
    ...(body ? { body } : {}),
    responses: lowerResponses(operation, `${method} ${path.text}`, schemas),
    links: lowerLinks(operation, find),
    ...requirementsOf(operation, root),
    callbacks: lowerCallbacks(operation, schemas),
  };
};
