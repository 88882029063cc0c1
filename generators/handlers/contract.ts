import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import type { Api, Content, Operation, Parameter, Response, StatusRange } from '../../src/ir/index.js';
import { sendersOf } from '../../src/ir/senders.js';
import { following } from '../../src/ir/versions.js';
import { resolve } from '../../src/ir/walk.js';
import { handsPayload } from '../kit/aws/function-rest.js';
import { docComment, file, generatedHeader, ident, Imports, indented, join, lit, nothing, ts, type Code } from '../kit/typescript/index.js';
import { authContract } from '../../src/ir/contract.js';
import { withoutFiles } from '../validators/contract.js';
import { isFile } from '../validators/shape.js';
import { resourceMembers, senderMembers, type RuntimeType } from './given.js';
import { inputName, operationName, outputName, takenTypes } from './names.js';
import { importing, type TypeNames } from './schemas.js';
import { member, typeOf, unionOf, type TypeContext } from './types.js';

export const isRaw = ({ integration: { backend } }: Operation): boolean => backend.kind === 'function' && backend.payload === 'raw';

/** Prints the contract of one operation: what its handler is given, what it may answer, and how the two are bound. */
class ContractPrinter {
  readonly #path: string;
  readonly #imports = new Imports();
  readonly #request: TypeContext;
  readonly #response: TypeContext;

  constructor(private readonly api: Api, private readonly operation: Operation, names: TypeNames) {
    this.#path = layout.contract(operation);
    const taken = takenTypes(operation);
    this.#request = importing(api, names, 'request', this.#imports, this.#path, taken);
    this.#response = importing(api, names, 'response', this.#imports, this.#path, taken);
  }

  #runtime(name: string, from: string): Code { return this.#imports.type(specifier(this.#path, layout.runtime(from)), name); }

  file(context: EmitContext): OutputFile {
    const { operation } = this;
    return {
      path: this.#path,
      ownership: 'generated',
      content: file(generatedHeader(context.label(operation.origin)), this.#imports, isRaw(operation) ? [this.#raw()] : [this.#input(), this.#output(), this.#binding()]),
      origin: operation.origin,
    };
  }

  #title(): Code {
    const { summary, description, method, path, deprecated } = this.operation;
    return docComment(summary, description === summary ? undefined : description, `${method} ${path.text}`, deprecated ? '@deprecated' : undefined);
  }

  /** Parameters of one place, as members of an object type. */
  #place(place: Parameter['in']): Code[] {
    return this.operation.parameters.filter((parameter) => parameter.in === place).map((parameter) => {
      const filled = (parameter.schema.default ?? resolve(this.api, parameter.schema).default) !== undefined;
      const name = place === 'header' ? parameter.name.toLowerCase() : parameter.name;
      return member(docComment(parameter.description, parameter.deprecated ? '@deprecated' : undefined), name, !parameter.required && !filled, typeOf(parameter.schema, this.#request));
    });
  }

  #input(): Code {
    const { operation, api } = this;
    const members = (codes: readonly Code[]): Code => (codes.length === 0 ? ts`{ readonly [name: string]: never }` : ts`{\n${indented(codes)}\n}`);
    const request = this.#runtime('NormalisedRequest', 'message.ts');
    const runtime: RuntimeType = (name, from) => this.#runtime(name, from);
    const senders = senderMembers(sendersOf(operation), ({ schema }) => (schema ? typeOf(schema, this.#request) : ts`unknown`), runtime);
    const callbacks = senders.length === 0 ? nothing : ts`\nreadonly callbacks: ${members(senders)};`;
    const need = authContract(api, operation).need;
    const auth = need === 'none' ? ts`null` : need === 'required' ? this.#runtime('Auth', 'message.ts') : ts`${this.#runtime('Auth', 'message.ts')} | null`;
    return join([
      docComment(`What ${operation.method} ${operation.path.text} is asked: checked, typed, with defaults filled in.`),
      ts`export interface ${ident(inputName(operation))} {
  readonly params: ${members(this.#place('path'))};
  readonly query: ${members(this.#place('query'))};
  /** Names in lower case; the declared ones are typed, the others are texts. */
  readonly headers: ${members([...this.#place('header'), ts`readonly [name: string]: unknown;`])};
  readonly cookies: ${members(this.#place('cookie'))};
  readonly body: ${this.#body()};
  readonly auth: ${auth};
  readonly resources: ${members(resourceMembers(api, operation.policy.uses, runtime))};${callbacks}
  readonly request: ${request}['request'];
  readonly context: ${request}['context'];
}`,
    ], '\n');
  }

  #body(): Code {
    const { body, integration } = this.operation;
    if (integration.request) return this.#imports.type(specifier(this.#path, layout.mapping(this.operation, 'request', 'ts')), 'RequestMapping');
    if (!body) return ts`null`;
    return unionOf([...body.contents.map((content) => this.#content(content)), ...(body.required ? [] : [ts`null`])]);
  }

  #content(content: Content): Code {
    if (content.kind === 'binary') return ts`Uint8Array`;
    if (!content.schema) return content.kind === 'text' ? ts`string` : ts`unknown`;
    if (content.kind !== 'multipart' || !hasFiles(this.api, content)) return typeOf(content.schema, this.#request);
    const part = this.#runtime('FilePart', 'message.ts');
    const target = resolve(this.api, content.schema);
    const stripped = withoutFiles(this.api, content, content.schema);
    const properties = new Map([...(target.properties ?? [])].map(([name, property]) => {
      const plain = stripped.properties?.get(name);
      return [name, plain === property ? property : { ...(plain ?? property), format: 'binary', types: plain?.items ? ['array' as const] : ['string' as const], ...(plain?.items ? { items: { ...plain.items, types: ['string' as const], format: 'binary' } } : {}) }];
    }));
    return typeOf({ ...target, properties }, { ...this.#request, binary: part });
  }

  #output(): Code {
    const { operation } = this;
    const answers = operation.responses.flatMap((response) => this.#answers(response));
    return join([
      docComment('What it may answer: one of the declared responses.'),
      ts`export type ${ident(outputName(operation))} =\n${indented([...answers, ts`| ${this.#runtime('NotImplemented', 'answer.ts')}`])};`,
    ], '\n');
  }

  /** One answer for each media type of a response. */
  #answers(response: Response): Code[] {
    const headers = response.headers.map((header) => member(docComment(header.description), header.name.toLowerCase(), !header.required, typeOf(header.schema, this.#response)));
    const shared = [
      ...(headers.length === 0 ? [] : [response.headers.some(({ required }) => required) ? ts`headers: {\n${indented(headers)}\n};` : ts`headers?: {\n${indented(headers)}\n};`]),
      // A template of the gateway can set one header of a name.
      ts`cookies?: readonly ${handsPayload(this.operation) ? ts`[string]` : ts`string[]`};`,
    ];
    const status = ts`status: ${this.#status(response.status)};`;
    const { contents } = response;
    if (contents.length === 0) return [printAnswer(response, [status, ...shared])];
    return contents.map((content) => {
      const exact = !content.mediaType.includes('*');
      const type = exact ? lit(content.mediaType) : ts`string`;
      return printAnswer(response, [
        status,
        ...shared,
        contents.length === 1 && exact ? ts`contentType?: ${type};` : ts`contentType: ${type};`,
        ts`body: ${content.kind === 'json' || content.kind === 'form' ? (content.schema ? typeOf(content.schema, this.#response) : ts`unknown`) : content.kind === 'text' ? ts`string` : ts`Uint8Array`};`,
      ]);
    });
  }

  #status(status: StatusRange): Code {
    if (typeof status === 'number') return lit(status);
    const type = this.#runtime(status === 'default' ? 'Status' : `Status${status}`, 'status.ts');
    const others = this.operation.responses.flatMap((response) => (typeof response.status === 'number' ? [lit(response.status)]
      : status === 'default' && response.status !== 'default' ? [this.#runtime(`Status${response.status}`, 'status.ts')] : []));
    return others.length === 0 ? type : ts`Exclude<${type}, ${join(others, ' | ')}>`;
  }

  #binding(): Code {
    const { operation } = this;
    const newer = following(this.api.operations, operation);
    if (newer) return this.#hooks(newer);
    const contract = this.#imports.value(specifier(this.#path, layout.validator(operation)), 'contract');
    const bind = this.#imports.value(specifier(this.#path, layout.runtime('serve.ts')), 'operation');
    const served = this.#runtime('Served', 'serve.ts');
    const [input, output] = [ident(inputName(operation)), ident(outputName(operation))];
    return join([
      this.#title(),
      ts`export const ${ident(operationName(operation))} = (handler: (input: ${input}) => ${output} | Promise<${output}>): ${served} => ${bind}(${contract}, handler);`,
    ], '\n');
  }

  /** An older version is bound by how it is told in terms of the next. */
  #hooks(newer: Operation): Code {
    const { operation } = this;
    const contract = this.#imports.value(specifier(this.#path, layout.validator(operation)), 'contract');
    const bind = this.#imports.value(specifier(this.#path, layout.runtime('versions.ts')), 'upgraded');
    const [hooks, served] = [this.#runtime('Hooks', 'versions.ts'), this.#runtime('Served', 'serve.ts')];
    const from = specifier(this.#path, layout.contract(newer));
    const types = [ident(inputName(operation)), ident(outputName(operation)), this.#imports.type(from, inputName(newer), 'NewerInput'), this.#imports.type(from, outputName(newer), 'NewerOutput')];
    return join([
      this.#title(),
      ts`export const ${ident(operationName(operation))} = (hooks: ${hooks}<${join(types, ', ')}>): ((newer: ${served}) => ${served}) => ${bind}(${contract}, hooks);`,
    ], '\n');
  }

  #raw(): Code {
    const rest = this.api.protocol.kind === 'rest';
    const event = this.#runtime(rest ? 'RestEvent' : 'HttpEvent', rest ? 'rest.ts' : 'http.ts');
    const result = this.#runtime(rest ? 'RestResult' : 'HttpResult', rest ? 'rest.ts' : 'http.ts');
    return join([
      docComment(this.operation.summary, 'Takes the event of the gateway as it is.'),
      ts`export const ${ident(operationName(this.operation))} = (handler: (event: ${event}) => Promise<${result}>): ((event: ${event}) => Promise<${result}>) => handler;`,
    ], '\n');
  }
}

const printAnswer = (response: Response, members: readonly Code[]): Code => {
  const text = docComment(response.description);
  return join([text, ts`| {\n${indented(members)}\n}`], '\n');
};

const hasFiles = (api: Api, content: Content): boolean =>
  content.schema !== undefined && [...(resolve(api, content.schema).properties ?? [])].some(([name, property]) => {
    const contentType = content.encoding.get(name)?.contentType;
    const items = resolve(api, property).items;
    return isFile(api, property, contentType) || (items !== undefined && isFile(api, items, contentType));
  });

export const contractFile = (api: Api, operation: Operation, names: TypeNames, context: EmitContext): OutputFile => new ContractPrinter(api, operation, names).file(context);
