import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { count, list } from '../../src/base/text.js';
import type { Api, Authorizer, Grant, Operation, Schema, Worker } from '../../src/ir/index.js';
import { sendersOf, workSendersOf, type Sender } from '../../src/ir/senders.js';
import { authContract } from '../../src/ir/contract.js';
import { comment, docComment, file, ident, Imports, indented, isIdentifier, join, lit, scaffoldHeader, ts } from '../kit/typescript/index.js';
import { isRaw } from './contract.js';
import { operationsOf } from './entries.js';
import { operationName } from './names.js';

/** What a value is, in a word for a comment. */
export const kindOf = (api: Api, schema: Schema | undefined): string => {
  if (!schema) return 'anything';
  if (schema.ref !== undefined) return api.schemas.get(schema.ref)?.typeName ?? 'anything';
  if (schema.enum) return list(schema.enum.map((value) => JSON.stringify(value)), 'or');
  const [type] = schema.types ?? [];
  if (type === 'array') return `list of ${kindOf(api, schema.items)}`;
  return (schema.types ?? ['anything']).map((name) => (name === 'integer' ? 'number' : name)).join(' or ');
};

const access = (name: string): string => (isIdentifier(name) ? `.${name}` : `[${String(lit(name))}]`);

/** A line for each thing that the handler is given. */
export const inputs = (api: Api, operation: Operation): string[] => {
  const places = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;
  const required = authContract(api, operation).need;
  return [
    ...operation.parameters.map((parameter) => `${places[parameter.in]}${access(parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name)}: ${kindOf(api, parameter.schema)}`
      + (parameter.required ? '' : parameter.schema.default ? `, ${JSON.stringify(parameter.schema.default[0])} unless given` : ', perhaps')),
    ...(operation.integration.request ? ['body: what `request` maps of the request'] : operation.body ? [`body: ${operation.body.contents.map(({ schema, kind }) => (kind === 'binary' ? 'bytes' : kindOf(api, schema))).join(', or ')}${operation.body.required ? '' : ', or null'}`] : []),
    ...(required === 'none' ? [] : [`auth: who calls${required === 'optional' ? ', or null' : ''}`]),
    ...useLines(api, operation.policy.uses),
    ...senderLines(api, sendersOf(operation)),
  ];
};

const useLines = (api: Api, uses: readonly Grant[]): string[] => uses.map(({ resource, access: grant }) => `resources${access(resource)}: ${api.resources.get(resource)?.kind ?? 'resource'}, to ${grant}`);
const senderLines = (api: Api, senders: readonly Sender[]): string[] =>
  senders.map(({ name, callback: { body } }) => `callbacks${access(name)}(${body ? kindOf(api, body.contents[0]?.schema) : ''}): tells the caller`);

const destructured = (api: Api, operation: Operation): string[] => [
  ...(['path', 'query', 'header', 'cookie'] as const).filter((place) => operation.parameters.some((parameter) => parameter.in === place))
    .map((place) => ({ path: 'params', query: 'query', header: 'headers', cookie: 'cookies' })[place]),
  ...(operation.body || operation.integration.request ? ['body'] : []),
  ...(authContract(api, operation).need === 'none' ? [] : ['auth']),
  ...(operation.policy.uses.length > 0 ? ['resources'] : []),
  ...(sendersOf(operation).length > 0 ? ['callbacks'] : []),
];

const answers = (api: Api, { responses }: Operation): string =>
  responses.map(({ status, contents }) => [String(status), ...contents.slice(0, 1).map(({ kind, schema }) => (kind === 'json' ? kindOf(api, schema) : kind))].join(' ')).join(' · ');

/** The developer's file for an operation. It answers 501 until it is filled in. */
export const handlerStub = (api: Api, operation: Operation, context: EmitContext): OutputFile => {
  const path = layout.handler(operation);
  const imports = new Imports();
  const bind = imports.value(specifier(path, layout.contract(operation)), operationName(operation));
  const title = docComment(operation.summary ?? `${operation.method} ${operation.path.text}`);
  const names = destructured(api, operation).map((name) => ident(name));
  const body = isRaw(operation)
    ? ts`export const handler = ${bind}(async (event) => {
  // event: as the gateway sends it
  return { statusCode: 501, ${api.protocol.kind === 'http' ? ts`headers: {}, ` : ts``}body: '', isBase64Encoded: false };
});`
    : ts`export const handler = ${bind}(async (${names.length === 0 ? ts`` : ts`{ ${join(names, ', ')} }`}) => {
${indented([...inputs(api, operation).map(comment), comment(`Answers: ${answers(api, operation)}`), ts`return { status: 501 };`])}
});`;
  return { path, ownership: 'scaffold', content: file(scaffoldHeader(context.specName), imports, [join([title, body], '\n')]), origin: operation.origin };
};

/** The developer's file for a worker. */
export const workerStub = (api: Api, worker: Worker, context: EmitContext): OutputFile => {
  const path = layout.worker(worker.name);
  const imports = new Imports();
  const bind = imports.value(specifier(path, layout.workerContract(worker.name)), 'worker');
  const { uses } = worker;
  const [task, given] = worker.takes === 'uploads'
    ? ['Is told of each object that was uploaded.', 'body: bucket, key, size in bytes, and media type of the object']
    : [`Does the work of ${list(worker.operations)}.`, `body: ${workOf(operationsOf(api, worker.operations))}`];
  const senders = workSendersOf(api, worker);
  const names = ['body', ...(uses.length > 0 ? ['resources'] : []), ...(senders.length > 0 ? ['callbacks'] : [])].map((name) => ident(name));
  const body = ts`${docComment(`${task} What it throws is tried again.`)}
export const handler = ${bind}(async ({ ${join(names, ', ')} }) => {
${indented([comment(given), ...useLines(api, uses).map(comment), ...senderLines(api, senders).map(comment), ts`throw new Error('Not written yet');`])}
});`;
  return { path, ownership: 'scaffold', content: file(scaffoldHeader(context.specName), imports, [body]), origin: worker.origin };
};

/** What a worker gets of operations: the body as it was accepted, or what `request` makes of it. */
const workOf = (operations: readonly Operation[]): string => {
  const [mapped, plain] = [operations.filter(({ integration }) => integration.request), operations.filter(({ integration }) => !integration.request)];
  const part = (how: (names: string) => string, some: readonly Operation[]): string[] => (some.length === 0 ? [] : [how(list(some.map(({ id }) => id), 'or'))]);
  return [...part((names) => `as ${names} accepted it`, plain), ...part((names) => `what \`request\` of ${names} makes`, mapped)].join(', or ');
};

/** The developer's file for an authorizer. It lets nobody in until it is filled in. */
export const authorizerStub = (api: Api, authorizer: Authorizer, context: EmitContext): OutputFile => {
  const path = layout.authorizer(authorizer.name);
  const imports = new Imports();
  const bind = imports.value(specifier(path, layout.authorizerContract(authorizer.name)), 'authorizer');
  const body = ts`${docComment(`Decides who may pass by ${count(authorizer.schemes.length, 'scheme')}: ${list(authorizer.schemes)}. A verdict may be cached by the credential.`)}
export const handler = ${bind}(async ({ credential, headers }) => {
  // credential: what the caller shows, without \`Bearer\`
  // Answer { allow: true, principalId, scopes, claims } to let them pass.
  return { allow: false };
});`;
  const [first] = authorizer.schemes;
  const origin = first === undefined ? undefined : api.schemes.get(first)?.origin;
  return { path, ownership: 'scaffold', content: file(scaffoldHeader(context.specName), imports, [body]), ...(origin ? { origin } : {}) };
};

