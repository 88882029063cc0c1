import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { acknowledgementOf } from '../../src/ir/acknowledge.js';
import type { Api, Operation, ResponseMapping, Template } from '../../src/ir/index.js';
import { importing, type TypeNames } from '../handlers/schemas.js';
import { takenTypes } from '../handlers/names.js';
import { member, typeOf, unionOf, type TypeContext } from '../handlers/types.js';
import { docComment, file, generatedHeader, ident, Imports, indented, join, lit, MappingPrinter, nothing, objectLiteral, ts, type Code } from '../kit/typescript/index.js';

/** Names that the files of mappings declare or import besides schemas. */
const taken = new Set([...takenTypes(), 'AnswerMapping', 'MappingFacts', 'RequestMapping']);

/** The type of what a template gives, as near as its expressions tell. */
const templateType = (template: Template, context: TypeContext): Code => {
  switch (template.kind) {
    case 'literal': return typeof template.value === 'object' && template.value !== null ? ts`unknown` : lit(template.value);
    case 'value': return template.expression.schema ? typeOf(template.expression.schema, context) : ts`unknown`;
    case 'text': return ts`string`;
    case 'list': return ts`[${join(template.items.map((item) => (isOptional(item) ? unionOf([templateType(item, context), ts`null`]) : templateType(item, context))), ', ')}]`;
    case 'object': return template.entries.length === 0 ? ts`{ readonly [name: string]: never }`
      : ts`{\n${indented(template.entries.map(([name, item]) => ts`readonly ${member(nothing, name, isOptional(item), templateType(item, context))}`))}\n}`;
  }
};

const isOptional = (template: Template): boolean => template.kind === 'value' && template.expression.optional;

const mapper = (imports: Imports, path: string): MappingPrinter => new MappingPrinter((name) => imports.value(specifier(path, layout.runtime('mapping.ts')), name));
const parameter = (printer: MappingPrinter, facts: Code): Code => (printer.used.length === 0 ? ts`_: ${facts}` : ts`{ ${join(printer.used.map((name) => ident(name)), ', ')} }: ${facts}`);

/** What a backend is sent, as a plain function of the request. */
export const requestFile = (api: Api, operation: Operation, template: Template, names: TypeNames, context: EmitContext): OutputFile => {
  const path = layout.mapping(operation, 'request', 'ts');
  const imports = new Imports();
  const printer = mapper(imports, path);
  const type = templateType(template, importing(api, names, 'request', imports, path, taken));
  const value = printer.print(template);
  const facts = imports.type(specifier(path, layout.runtime('mapping.ts')), 'MappingFacts');
  return {
    path, ownership: 'generated', origin: operation.origin,
    content: file(generatedHeader(context.label(operation.origin)), imports, [
      ts`export type RequestMapping = ${isOptional(template) ? unionOf([type, ts`undefined`]) : type};`,
      join([docComment(`What ${operation.method} ${operation.path.text} hands on of a request.`), ts`export const request = (${parameter(printer, facts)}): RequestMapping => ${String(value).startsWith('{') ? ts`(${value})` : value} as RequestMapping;`], '\n'),
    ]),
  };
};

/** The answers of an operation that are mapped: what the author wrote, and an acknowledgement. */
export const answersOf = (api: Api, operation: Operation): readonly Pick<ResponseMapping, 'status' | 'body' | 'headers'>[] => {
  const accepted = acknowledgementOf(api, operation);
  const { responses } = operation.integration;
  if (!accepted || (!accepted.body && accepted.headers.size === 0)) return responses;
  return [{ status: accepted.status, ...(accepted.body ? { body: accepted.body } : {}), headers: accepted.headers }, ...responses.filter(({ status }) => status !== accepted.status)];
};

/** What a caller is answered, by status, as plain functions of the request and of the backend's answer. */
export const responseFile = (api: Api, operation: Operation, context: EmitContext): OutputFile => {
  const path = layout.mapping(operation, 'response', 'ts');
  const imports = new Imports();
  const facts = imports.type(specifier(path, layout.runtime('mapping.ts')), 'AnswerMapping');
  const entries = answersOf(api, operation).map(({ status, body, headers }) => {
    const printer = mapper(imports, path);
    const value = objectLiteral([['body', body && printer.print(body)], ['headers', headers.size > 0 ? objectLiteral([...headers].map(([name, template]) => [name, printer.print(template)] as const)) : undefined]]);
    return ts`[${lit(status)}, (${printer.used.length === 0 ? ts`` : ts`{ ${join(printer.used.map((name) => ident(name)), ', ')} }`}) => (${value})],`;
  });
  return {
    path, ownership: 'generated', origin: operation.origin,
    content: file(generatedHeader(context.label(operation.origin)), imports, [
      join([docComment(`What ${operation.method} ${operation.path.text} answers, by status.`), ts`export const responses: readonly ${facts}[] = [\n${indented(entries)}\n];`], '\n'),
    ]),
  };
};
