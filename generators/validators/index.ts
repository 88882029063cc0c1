import type { Json, JsonObject } from '../../src/base/json.js';
import type { EmitContext, Emitter, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { reachable } from '../../src/ir/walk.js';
import type { Api, Content, Operation } from '../../src/ir/index.js';
import { file, generatedHeader, Imports, indented, lit, listLiteral, objectLiteral, ts, type Code } from '../kit/typescript/index.js';
import { authContract, fieldContracts, headerContract, parameterContract, resourceContracts, responseContract, withoutFiles } from './contract.js';
import type { ValidatorModule } from './compile.js';
import { RequestSchemas, requestSchemas } from './schemas.js';
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

const bodySchema = (api: Api, schemas: RequestSchemas, content: Content): JsonObject | undefined => {
  if (!content.schema || content.kind === 'binary') return undefined;
  return schemas.body(content.kind === 'multipart' ? withoutFiles(api, content, content.schema) : content.schema);
};

/** The media types an operation takes: those it declares, or fewer where its policy says so. */
const accepted = ({ body, policy }: Operation): readonly Content[] =>
  (body?.contents ?? []).filter(({ mediaType }) => policy.limits.types === undefined || policy.limits.types.some((type) => type.toLowerCase() === mediaType));

const contentCode = (api: Api, content: Content, validate: Code | undefined): Code => {
  const form = content.kind === 'form' || content.kind === 'multipart' ? fieldContracts(api, content) : undefined;
  return objectLiteral([
    ['mediaType', lit(content.mediaType)],
    ['kind', lit(content.kind)],
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
  const bodies = contents.map((content) => bodySchema(api, schemas, content));
  const module: ValidatorModule = schemas.module(path, [parameters, ...bodies].filter((schema) => schema !== undefined), imports);
  const { body, policy } = operation;
  const contract = objectLiteral([
    ['id', lit(operation.id)],
    ['method', lit(operation.method)],
    ['route', lit(operation.path.text)],
    ['segments', json(operation.path.segments)],
    ['parameters', json(operation.parameters.map((parameter) => parameterContract(api, parameter)))],
    ['validate', parameters && module.add(parameters)],
    ['body', body && objectLiteral([
      ['required', lit(body.required)],
      ['limit', lit(policy.limits.bodyBytes)],
      ['contents', listLiteral(contents.map((content, index) => contentCode(api, content, bodies[index] && module.add(bodies[index]))))],
    ])],
    ['responses', json(operation.responses.map((response) => responseContract(api, response)))],
    ['auth', json(authContract(api, operation))],
    ['errors', json([...policy.errors].map(([name, { status }]) => [name, status]))],
    ['resources', lit(resourceContracts(api, operation))],
    ['headers', objectLiteral([['request', lit(headerContract(policy.headers.request))], ['response', lit(headerContract(policy.headers.response))]])],
    ['edge', edge],
  ]);
  const declarations = module.declarations;
  return {
    path,
    ownership: 'generated',
    content: file(generatedHeader(context.specName, operation.origin), imports, [ts`export const contract = ${contract};`, ...declarations.filter(isConstant), ...declarations.filter((code) => !isConstant(code))]),
    origin: operation.origin,
  };
};

const isConstant = (code: Code): boolean => String(code).startsWith('const ');

const types = (operation: Operation, context: EmitContext): OutputFile => {
  const path = layout.validatorTypes(operation);
  const imports = new Imports();
  const contract = imports.type(specifier(path, layout.runtime('contract.ts')), 'OperationContract');
  return { path, ownership: 'generated', content: file(generatedHeader(context.specName, operation.origin), imports, [ts`export declare const contract: ${contract};`]), origin: operation.origin };
};

const edgeModule = (api: Api, context: EmitContext): OutputFile => ({
  path: layout.edge,
  ownership: 'generated',
  content: file(generatedHeader(context.specName, api.origin), new Imports(), [ts`export const edge = ${json({
    errors: { mediaType: api.errors.mediaType, fields: api.errors.fields },
    ...(api.cors ? { cors: { origins: api.cors.origins, expose: api.cors.expose, credentials: api.cors.credentials } } : {}),
  })};`]),
  origin: api.origin,
});

const schemaModules = function* (api: Api, schemas: RequestSchemas, context: EmitContext): Generator<OutputFile> {
  const used = reachable(api, requestSchemas(api));
  for (const [name, named] of api.schemas) {
    if (!used.has(name)) continue;
    const path = layout.schemaValidator(named);
    const imports = new Imports();
    const schema = schemas.named(named);
    const module = schemas.module(path, [schema], imports);
    const validate = module.add(schema);
    yield {
      path,
      ownership: 'generated',
      content: file(generatedHeader(context.specName, named.schema.origin), imports, [...module.declarations, ts`export {\n${indented([ts`${validate} as validate,`])}\n};`]),
      origin: named.schema.origin,
    };
  }
};

/** Validators of requests, compiled ahead of time, and the contracts that the runtime serves by. */
export const validators: Emitter = {
  name: 'validators',
  summary: 'request validators and operation contracts, ahead of time, without dependencies',
  runs: 'always',
  *emit(api, context) {
    const schemas = new RequestSchemas(api);
    yield edgeModule(api, context);
    yield* schemaModules(api, schemas, context);
    for (const operation of api.operations.values()) {
      const { backend } = operation.integration;
      if (backend.kind !== 'function' || backend.payload === 'raw') continue;
      yield operationModule(api, schemas, operation, context);
      yield types(operation, context);
    }
  },
};
