import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { entryExport, layout, specifier } from '../../src/emit/layout.js';
import { handOverOf, hasTask, linkTaskOf } from '../../src/ir/call.js';
import type { Api, Authorizer, FunctionUnit, Operation, SecurityScheme } from '../../src/ir/index.js';
import { datedRoute, following } from '../../src/ir/versions.js';
import type { CredentialPlace } from '../../src/runtime/authorizer.js';
import { handedHeaders, handsPayload } from '../kit/aws/function-rest.js';
import { file, generatedHeader, ident, Imports, join, lit, nothing, objectLiteral, ts, type Code } from '../kit/typescript/index.js';
import { isRaw } from './contract.js';
import { operationName } from './names.js';

/** Operations by their keys. */
export const operationsOf = (api: Api, names: readonly string[]): Operation[] =>
  names.flatMap((name) => {
    const operation = api.operations.get(name);
    return operation ? [operation] : [];
  });

/** What the platform calls for a function: the adapter of its gateway over the handlers of its operations. */
export const functionEntry = (api: Api, unit: FunctionUnit, context: EmitContext): OutputFile => {
  const path = layout.entry(unit.name);
  const imports = new Imports();
  const operations = operationsOf(api, unit.operations);
  const { kind } = api.protocol;
  const of = (operation: Operation): Code => withVersions(api, operation, path, imports);
  const [raw, handed] = [operations.filter(isRaw), operations.filter(handsPayload)];
  const proxied = operations.filter((operation) => !isRaw(operation) && !handsPayload(operation));
  const adapter = (): Code => ts`${imports.value(specifier(path, layout.runtime(`${kind}.ts`)), kind)}([${join(proxied.map(of), ', ')}])`;
  const route = (operation: Operation): Code => ts`[${lit(operation.method)}, ${lit(operation.path.text)}, ${of(operation)}]`;
  const events = (): Code => {
    const [only] = raw;
    if (raw.length === 0) return adapter();
    return only && operations.length === 1 ? of(only) : ts`${imports.value(specifier(path, layout.runtime('raw.ts')), 'unlessRaw')}([${join(raw.map(route), ', ')}], ${adapter()})`;
  };
  const value = handed.length === 0 ? events() : withPayloads(handed.map((operation) => ts`[${of(operation)}, ${lit(handedHeaders(operation))}]`), handed.length < operations.length ? events() : undefined, path, imports);
  const origin = operations[0]?.origin ?? api.origin;
  return { path, ownership: 'generated', content: file(generatedHeader(context.label(operations.length === 1 ? origin : api.origin)), imports, [ts`export const ${ident(entryExport)} = ${value};`]), origin };
};

/** The entry of operations whose payload the gateway makes, and of others beside them. */
const withPayloads = (handed: readonly Code[], events: Code | undefined, path: string, imports: Imports): Code =>
  ts`${imports.value(specifier(path, layout.runtime('payload.ts')), 'fromGateway')}([${join(handed, ', ')}]${events ? ts`, ${events}` : nothing})`;

/** What serves an operation: its handler, or an older version's way to that of the next. */
const servedBy = (api: Api, operation: Operation, path: string, imports: Imports): Code => {
  const newer = following(api.operations, operation);
  const { backend } = operation.integration;
  const source = linkTaskOf(backend) ? layout.link(operation) : handOverOf(backend) ? layout.handOver(operation) : newer ? layout.version(operation) : layout.handler(operation);
  const handler = imports.value(specifier(path, source), 'handler', `${operationName(operation)}Handler`);
  return withMapping(operation, newer ? ts`${handler}(${servedBy(api, newer, path, imports)})` : handler, path, imports);
};

/** What serves a route, with the older versions that it answers. */
const withVersions = (api: Api, operation: Operation, path: string, imports: Imports): Code => {
  const served = servedBy(api, operation, path, imports);
  const route = datedRoute(api.operations, operation);
  if (!route) return served;
  const older = route.older.map((each) => ts`[${lit(each.date)}, ${servedBy(api, each.operation, path, imports)}]`);
  const versions = objectLiteral([['header', lit(route.header)], ['date', lit(route.date)], ['default', lit(route.default)], ['older', ts`[${join(older, ', ')}]`]]);
  return ts`${imports.value(specifier(path, layout.runtime('versions.ts')), 'dated')}(${served}, ${versions})`;
};

/** A handler behind the mappings of its operation; what the compiler writes whole maps by itself. */
const withMapping = (operation: Operation, handler: Code, path: string, imports: Imports): Code => {
  const { integration: { request, responses } } = operation;
  if (isRaw(operation) || hasTask(operation) || (!request && responses.length === 0)) return handler;
  const part = (name: 'request' | 'responses', file: 'request' | 'response'): Code =>
    imports.value(specifier(path, layout.mapping(operation, file, 'ts')), name, `${operationName(operation)}${name === 'request' ? 'Request' : 'Responses'}`);
  const mappings = objectLiteral([['request', request && part('request', 'request')], ['responses', responses.length > 0 ? part('responses', 'response') : undefined]]);
  return ts`${imports.value(specifier(path, layout.runtime('mapping.ts')), 'mapped')}(${handler}, ${mappings})`;
};

/** Where a scheme's credential stands, if in the request itself. */
export const credentialPlace = ({ name, credential }: SecurityScheme): CredentialPlace[] => {
  if (credential.kind === 'mutual-tls') return [];
  return [credential.kind === 'api-key' ? { scheme: name, in: credential.in, name: credential.name } : { scheme: name, in: 'header', name: 'authorization' }];
};

const credentialPlaces = (api: Api, { schemes }: Authorizer): CredentialPlace[] =>
  schemes.flatMap((name) => {
    const scheme = api.schemes.get(name);
    return scheme ? credentialPlace(scheme) : [];
  });

/** The typed binding of an authorizer, and what the platform calls for it. */
export const authorizerFiles = (api: Api, authorizer: Authorizer, context: EmitContext): OutputFile[] => {
  const [first] = authorizer.schemes;
  const origin = (first === undefined ? undefined : api.schemes.get(first)?.origin) ?? api.origin;
  const path = layout.authorizerContract(authorizer.name);
  const imports = new Imports();
  const check = imports.type(specifier(path, layout.runtime('authorizer.ts')), 'Check');
  const entry = new Imports();
  const entryPath = layout.authorizerEntry(authorizer.name);
  const handler = entry.value(specifier(entryPath, layout.authorizer(authorizer.name)), 'handler', 'check');
  const adapter = entry.value(specifier(entryPath, layout.runtime('authorizer.ts')), api.protocol.kind === 'rest' ? 'restAuthorizer' : 'httpAuthorizer');
  const places = lit(credentialPlaces(api, authorizer).map((place) => ({ ...place })));
  return [
    { path, ownership: 'generated', content: file(generatedHeader(context.label(origin)), imports, [ts`export const authorizer = (check: ${check}): ${check} => check;`]), origin },
    { path: entryPath, ownership: 'generated', content: file(generatedHeader(context.label(origin)), entry, [ts`export const ${ident(entryExport)} = ${adapter}(${places}, ${handler});`]), origin },
  ];
};
