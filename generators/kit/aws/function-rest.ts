import { expressionsIn } from '../../../src/expressions/sources.js';
import { successOf } from '../../../src/ir/acknowledge.js';
import type { Api, Operation } from '../../../src/ir/index.js';
import { faults, type Fault } from '../../../src/ir/outcome.js';
import { comment } from '../velocity/literal.js';
import { cloud, type CloudObject } from './cloud-text.js';
import { functionArn, invocationUri, timeoutOf } from './integration.js';
import { payloadTemplate } from './payload-template.js';
import type { Lack } from './payload-parameters.js';
import { headerName, plainType, ReplySheet } from './reply-sheet.js';
import type { Route } from './routes.js';
import { jsonTypes } from './service-request.js';
import type { ServiceRoute } from './service-rest.js';

/** Whether the gateway makes the payload of the function behind an operation, and reads its answer. */
export const handsPayload = ({ integration: { backend } }: Operation): boolean => backend.kind === 'function' && backend.payload === 'gateway';

/** Headers that the runtime puts on answers by itself. */
const standing = ['accept', 'cache-control', 'content-type', 'set-cookie', 'x-request-id'];

/** Headers that the gateway hands on of a function's answers: those that the document declares, maps or sets. Names in lower case. */
export const handedHeaders = ({ responses, integration, policy: { headers } }: Operation): readonly string[] => [...new Set([
  ...standing, ...responses.flatMap((response) => response.headers.map(({ name }) => name)), ...integration.responses.flatMap((mapping) => [...mapping.headers.keys()]), ...headers.response.set.keys(),
].map((name) => name.toLowerCase()))].sort();

/** A route whose function gets the payload that the gateway makes, with what of the document that cannot be. */
export interface PayloadRoute extends ServiceRoute { readonly lacks: readonly Lack[] }

export const functionRoute = (api: Api, route: Route): PayloadRoute | undefined => {
  const { operation } = route;
  const { backend } = operation.integration;
  if (backend.kind !== 'function') return undefined;
  const { text, lacks } = payloadTemplate(api, route);
  const sheet = new FunctionSheet(api, route);
  const responses = sheet.answers();
  return {
    gaps: [],
    lacks: [...lacks, ...unhanded(operation), ...unknown(operation)],
    responses: sheet.declared(),
    integration: {
      type: 'aws',
      httpMethod: 'POST',
      uri: invocationUri(functionArn(backend.function)),
      passthroughBehavior: 'never',
      timeoutInMillis: timeoutOf(operation, 29_000),
      requestTemplates: Object.fromEntries(jsonTypes(operation).map((type) => [type, cloud`${text}`])),
      responses,
    },
  };
};

/** What of answers the gateway cannot hand on. */
const unhanded = ({ responses }: Operation): Lack[] => [
  ...responses.flatMap(({ contents }) => contents.flatMap(({ kind, mediaType, origin: at }) => (kind === 'binary' || kind === 'multipart' ? [{ what: mediaType, why: 'the gateway’s templates hand on texts, not bytes', origin: at }] : []))),
  ...responses.flatMap(({ headers }) => headers.flatMap((header) => (headerName.test(header.name) ? [] : [{ what: header.name, why: 'a template cannot set a header of that name', origin: header.origin }]))),
];

/** What code behind the payload asks for and does not find there. */
const unknown = ({ integration: { request, responses }, callbacks }: Operation): Lack[] =>
  [request, ...responses.flatMap(({ body, headers }) => [body, ...headers.values()]), ...callbacks.map(({ address }) => address)].flatMap((template) => (template ? expressionsIn(template) : []))
    .flatMap(({ source, text, origin }) => (source.kind === 'url' ? [{ what: text, why: 'the gateway has no variable for the whole URL', origin }] : []));

/** How the text of an error begins that the runtime throws on purpose (`src/runtime/payload.ts`), and what Lambda says of a function that was late. */
const known = '\\{"fault":';
const late = '.*Task timed out after .*';
/** Characters of a name as a regular expression of the gateway has them, whatever else they mean there. */
const literal = (name: string): string => JSON.stringify(name).replace(/[^A-Za-z0-9_]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const unforeseen: Fault = { status: 500, title: 'Internal Server Error', detail: 'The request could not be served.' };

/** The answers of a route whose function says what they are: returned, or (what a handler threw) as the text of an error. */
class FunctionSheet extends ReplySheet {
  constructor(api: Api, route: Route) { super(api, route, 'reply'); }

  /** Errors are selected by what the whole of their text is. Each is of another status: the importer keeps one answer a status. */
  answers(): CloudObject {
    const { responses, policy: { errors } } = this.route.operation;
    for (const { status } of responses) if (typeof status === 'number') this.declare(status);
    const patterns = new Map<number, string[]>();
    const add = (status: number, pattern: string): unknown => patterns.set(status, [...(patterns.get(status) ?? []), pattern]);
    for (const [name, { status }] of errors) add(status, `${known}${literal(name)},.*`);
    add(unforeseen.status, `${known}null,.*`);
    add(faults.late.status, `(?!${known})${late}`);
    add(faults.failed.status, `(?!${known}|${late}).+`);
    const success = successOf(this.route.operation.responses);
    return Object.fromEntries([
      ['default', this.answer(success, {}, this.#returned())] as const,
      ...[...patterns].sort(([a], [b]) => a - b).map(([status, all]) => [`(?s)(?:${all.join('|')})`, this.answer(status, { 'Content-Type': `'${plainType(this.api.errors.mediaType)}'` }, this.#thrown(status))] as const),
    ]);
  }

  /** An answer that the function returned. What has no status is none, and tells nothing of itself. */
  #returned(): string {
    const { failed } = faults;
    this.declare(failed.status);
    return `${comment('the answer of the function: its status, its headers, its body')}\n#set($answer = $input.path('$'))##\n#if($answer.containsKey('status') == true)#set($status = $answer.get('status'))#set($context.responseOverride.status = $status)##\n${this.#told()}#{else}#set($context.responseOverride.status = ${failed.status})#set($context.responseOverride.header.Content-Type = "${plainType(this.api.errors.mediaType)}")${this.envelope(failed)}#{end}`;
  }

  /** An answer in the text of an error; an error that says something else tells nothing of itself. */
  #thrown(status: number): string {
    const fault = [faults.failed, faults.late].find((each) => each.status === status);
    const told = `#set($answer = $util.parseJson($error))##\n${this.#told()}`;
    return `${comment('the answer in the text of the error')}\n#set($error = $input.path('$.errorMessage'))##\n${fault ? `#if($error.startsWith('{"fault":'))${told}#{else}${this.envelope(fault)}#{end}` : told}`;
  }

  /** Sets the headers of `$answer`, and prints its body. */
  #told(): string {
    const lines = handedHeaders(this.route.operation).filter((name) => headerName.test(name)).map((name) => {
      const set = name === 'content-type' ? 'Content-Type' : name;
      this.declareHeader(set);
      return `#if($headers.containsKey('${name}') == true)#set($context.responseOverride.header.${set} = $headers.get('${name}'))#end##\n`;
    });
    return `#set($headers = $answer.get('headers'))##\n${lines.join('')}#if($answer.containsKey('body') == true)$answer.get('body')#end`;
  }
}
