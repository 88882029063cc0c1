import type { Json, JsonObject } from '../../src/base/json.js';
import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { usesOf } from '../../src/ir/call.js';
import { sendersOf } from '../../src/ir/senders.js';
import { reachable } from '../../src/ir/walk.js';
import type { Api, Content, NamedSchema, Operation } from '../../src/ir/index.js';
import { file, generatedHeader, Imports, indented, lit, listLiteral, objectLiteral, ts, type Code } from '../kit/typescript/index.js';
import { authContract, headerContract, parameterContract } from '../../src/ir/contract.js';
import { fieldContracts, resourceContracts, responseContract, withoutFiles } from './contract.js';
import type { ValidatorModule } from './compile.js';
import { RequestSchemas, requestSchemas } from './schemas.js';
import { callbackContracts } from './template.js';
import { saysShapeOnly } from './shape.js';

const json = (value: unknown): Code => lit(value as Json);

/** The schema of all parameters that need a check beyond their shape, as `{ path, query, header, cookie }`. */
const parametersSchema = (api: Api, schemas: RequestSchemas, operation: Operation): JsonObject | undefined => {
  const checked = operation.parameters.filter(({ schema, encoding }) => encoding.kind === 'content' || !saysShapeOnly(api, schema));
  if (checked.length === 0) return undefined;
  const places = ['path', 'query', 'header', 'cookie'] as const;
  const of = (place: typeof places[number]): [string, JsonObject][] =>
    checked.filter((parameter) => parameter.in === place).map(({ name, schema }) => [place === 'header' ? name.toLowerCase() : name, schemas.parameter(schema)]);
  return { properties: Object.fromEntries(places.flatMap((place) => (of(place).length > 0 ? [[place, { properties: Object.fromEntries(of(place)) }]] : []))) };
};

/** How a body is checked: by the validator of a named schema, by one of its own, or not at all. */
const bodyCheck = (api: Api, schemas: RequestSchemas, { kind, schema, ...content }: Content): JsonObject | NamedSchema | undefined => {
  if (!schema || kind === 'binary') return undefined;
  if (kind === 'multipart') return schemas.body(withoutFiles(api, { kind, ...content }, schema));
  const named = schema.ref !== undefined && Object.values(schema).filter((value) => value !== undefined).length === 2 ? api.schemas.get(schema.ref) : undefined;
  return named ?? schemas.body(schema);
};

const isNamed = (check: JsonObject | NamedSchema): check is NamedSchema => 'fileName' in check && 'schema' in check;

/** The media types an operation takes: those it declares, or fewer where its policy says so. */
const accepted = ({ body, policy }: Operation): readonly Content[] =>
  (body?.contents ?? []).filter(({ mediaType }) => policy.limits.types === undefined || policy.limits.types.some((type) => type.toLowerCase() === mediaType));

const readers = {
  json: ['readJson', 'read.ts'], text: ['readText', 'read.ts'], binary: ['readBinary', 'read.ts'], form: ['readForm', 'read-form.ts'], multipart: ['readMultipart', 'read-multipart.ts'],
} as const satisfies Record<Content['kind'], readonly [name: string, file: string]>;

const contentCode = (api: Api, content: Content, read: Code, validate: Code | undefined): Code => {
  const form = content.kind === 'form' || content.kind === 'multipart' ? fieldContracts(api, content) : undefined;
  return objectLiteral([
    ['mediaType', lit(content.mediaType)],
    ['read', read],
    ['validate', validate],
    ['fields', form && json(form.fields)],
    ['rest', form?.rest === undefined ? undefined : json(form.rest)],
  ]);
};

const operationModule = (api: Api, schemas: RequestSchemas, operation: Operation, context: EmitContext): OutputFile => {
  const path = layout.validator(operation);
  const imports = new Imports();
  const edge = imports.value(specifier(path, layout.edge), 'edge');
  const contents = accepted(operation);
  const parameters = parametersSchema(api, schemas, operation);
  const bodies = contents.map((content) => bodyCheck(api, schemas, content));
  const module: ValidatorModule = schemas.module(path, [parameters, ...bodies].filter((schema) => schema !== undefined && !isNamed(schema)) as JsonObject[], imports);
  const reader = ({ kind }: Content): Code => imports.value(specifier(path, layout.runtime(readers[kind][1])), readers[kind][0]);
  const validator = (check: JsonObject | NamedSchema | undefined, index: number): Code | undefined =>
    check && (isNamed(check) ? imports.value(specifier(path, layout.schemaValidator(check)), 'validate', `validateBody${index}`) : module.add(check));
  const { body, policy } = operation;
  const senders = sendersOf(operation);
  const contract = objectLiteral([
    ['id', lit(operation.id)],
    ['method', lit(operation.method)],
    ['route', lit(operation.path.text)],
    ['segments', json(operation.path.segments)],
    ['parameters', json(operation.parameters.map((parameter) => parameterContract(parameter, api)))],
    ['validate', parameters && module.add(parameters)],
    ['body', body && objectLiteral([
      ['required', lit(body.required)],
      ['limit', lit(policy.limits.bodyBytes)],
      ['contents', listLiteral(contents.map((content, index) => contentCode(api, content, reader(content), validator(bodies[index], index))))],
    ])],
    ['responses', json(operation.responses.map((response) => responseContract(api, response)))],
    ['auth', json(authContract(api, operation))],
    ['errors', json([...policy.errors].map(([name, { status }]) => [name, status]))],
    ['resources', lit(resourceContracts(api, usesOf(operation)))],
    ['headers', objectLiteral([['request', json(headerContract(policy.headers.request))], ['response', json(headerContract(policy.headers.response))]])],
    ['cacheControl', policy.cache?.control && lit(`${policy.cache.control}, max-age=${policy.cache.ttlSeconds}`)],
    ['callbacks', senders.length === 0 ? undefined : ts`${imports.value(specifier(path, layout.runtime('callback.ts')), 'callbacks')}(${json(callbackContracts(senders))})`],
    ['edge', edge],
  ]);
  const declarations = module.declarations;
  return {
    path,
    ownership: 'generated',
    content: file(generatedHeader(context.label(operation.origin)), imports, [ts`export const contract = ${contract};`, ...declarations.filter(isConstant), ...declarations.filter((code) => !isConstant(code))]),
    origin: operation.origin,
  };
};

const isConstant = (code: Code): boolean => String(code).startsWith('const ');

const types = (operation: Operation, context: EmitContext): OutputFile => {
  const path = layout.validatorTypes(operation);
  const imports = new Imports();
  const contract = imports.type(specifier(path, layout.runtime('contract.ts')), 'OperationContract');
  return { path, ownership: 'generated', content: file(generatedHeader(context.label(operation.origin)), imports, [ts`export declare const contract: ${contract};`]), origin: operation.origin };
};

const edgeModule = (api: Api, context: EmitContext): OutputFile => ({
  path: layout.edge,
  ownership: 'generated',
  content: file(generatedHeader(context.label(api.origin)), new Imports(), [ts`export const edge = ${json({
    errors: { mediaType: api.errors.mediaType, fields: api.errors.fields },
    ...(api.cors ? { cors: { origins: api.cors.origins, expose: api.cors.expose, credentials: api.cors.credentials } } : {}),
  })};`]),
  origin: api.origin,
});

const schemaModules = function* (api: Api, schemas: RequestSchemas, context: EmitContext): Generator<OutputFile> {
  const used = reachable(api, requestSchemas(api));
  for (const [name, named] of api.schemas) {
    if (!used.has(name)) continue;
    yield context.keep(`schema validator ${name}`, [named, schemas.tracking, schemas.fillsIn(named)], () => schemaModule(schemas, named, context));
  }
};

const schemaModule = (schemas: RequestSchemas, named: NamedSchema, context: EmitContext): OutputFile => {
  const path = layout.schemaValidator(named);
  const imports = new Imports();
  const schema = schemas.named(named);
  const module = schemas.module(path, [schema], imports);
  const validate = module.add(schema);
  return {
    path,
    ownership: 'generated',
    content: file(generatedHeader(context.label(named.schema.origin)), imports, [...module.declarations, ts`export {\n${indented([ts`${validate} as validate,`])}\n};`]),
    origin: named.schema.origin,
  };
};

/** The files of the generator, one operation after the other. */
export const validatorFiles = function* (api: Api, context: EmitContext): Generator<OutputFile> {
  const schemas = new RequestSchemas(api);
  yield edgeModule(api, context);
  yield* schemaModules(api, schemas, context);
  for (const operation of api.operations.values()) {
    const { backend } = operation.integration;
    if (backend.kind !== 'function' || backend.payload === 'raw') continue;
    yield* context.keep(`validator ${operation.id}`, [operation, schemas.tracking], () => [operationModule(api, schemas, operation, context), types(operation, context)]);
  }
};
