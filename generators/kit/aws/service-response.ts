import { acknowledgementOf, declaredAt, mappingFor } from '../../../src/ir/acknowledge.js';
import type { Api, Template } from '../../../src/ir/index.js';
import { faults, refusalsOf, verdictOf, type Fault, type FaultName } from '../../../src/ir/outcome.js';
import { characters, VelocityPrinter, type Gap } from '../velocity/template.js';
import { answerCors } from './cors.js';
import { cloud, type CloudObject, type CloudText, type CloudValue } from './cloud-text.js';
import { envelopeTemplate } from './envelope.js';
import type { Route } from './routes.js';
import { scopeOf } from './service-request.js';
import { itemsScript, replyTemplate } from './service-items.js';
import { tables, type DirectBackend } from './services.js';

/** What becomes of a service's reply: for the integration, and as the method declares it. */
export interface Replies { readonly integration: CloudObject; readonly method: CloudObject; readonly gaps: readonly Gap[] }

/** `passed`: headers of a reply whose body goes on as it is. */
export const repliesOf = (api: Api, route: Route, backend: DirectBackend, passed?: readonly string[]): Replies => {
  const sheet = new Sheet(api, route, backend);
  const done = passed ? sheet.passed(passed) : sheet.success();
  const { failed, busy } = faults;
  return {
    // Each of another status: the importer keeps one answer a status, whatever selects it.
    integration: {
      default: done,
      '4\\d{2}': sheet.answer(failed.status, { 'Content-Type': `'${sheet.mediaType(failed.status)}'` }, sheet.faultScript()),
      '5\\d{2}': sheet.answer(busy.status, { 'Content-Type': `'${sheet.mediaType(busy.status)}'`, 'Retry-After': "'1'" }, sheet.faultBody(busy)),
    },
    method: sheet.declared(),
    gaps: sheet.gaps,
  };
};

/** The answers of one route, with what they refer to declared on the way. */
class Sheet {
  readonly gaps: Gap[] = [];
  readonly #statuses = new Set<number>();
  readonly #headers = new Set<string>();
  readonly #cors: ReturnType<typeof answerCors>;

  constructor(private readonly api: Api, private readonly route: Route, private readonly backend: DirectBackend) {
    this.#cors = answerCors(api);
  }

  declared(): CloudObject {
    const headers = Object.fromEntries([...this.#headers].sort().map((name): [string, CloudValue] => [name, { schema: { type: 'string' } }]));
    return Object.fromEntries([...this.#statuses].sort((a, b) => a - b).map((status): [string, CloudValue] => [String(status), { description: 'As the gateway answers', headers }]));
  }

  /** One answer: static headers, and a template. Header edits of the document and CORS headers stand on every one. */
  answer(status: number, headers: Readonly<Record<string, string>>, script: string): CloudObject {
    this.#statuses.add(status);
    const edits = [...this.route.operation.policy.headers.response.set].flatMap(([name, value]) => (typeof value === 'string' && isStatic(name, value) ? [[name, `'${value}'`] as const] : []));
    const all: Readonly<Record<string, string>> = { ...this.#cors.headers, ...Object.fromEntries(edits), ...headers };
    const names = Object.keys(all).sort();
    for (const name of [...names, 'Retry-After']) this.#headers.add(name);
    return {
      statusCode: String(status),
      responseParameters: Object.fromEntries(names.map((name) => [`method.response.header.${name}`, all[name] as string])),
      responseTemplates: { 'application/json': cloud`${[...this.#cors.lines.map((line) => `${line}##\n`), script].join('')}` satisfies CloudText },
    };
  }

  /** A reply that goes on with its body as it came. */
  passed(headers: readonly string[]): CloudObject {
    const { statusCode = '200', responseParameters } = this.answer(successOf(this.route), Object.fromEntries(headers.map((name) => [name, `integration.response.header.${name}`])), '');
    return { statusCode, responseParameters: responseParameters ?? {} };
  }

  success(): CloudObject {
    const accepted = acknowledgementOf(this.api, this.route.operation);
    return accepted ? this.#accepted(accepted) : this.#waited();
  }

  #accepted(accepted: NonNullable<ReturnType<typeof acknowledgementOf>>): CloudObject {
    const printer = this.#printer();
    const body = accepted.body ? printer.json(accepted.body) : '';
    const place = accepted.location;
    const location = place ? `#set($place = $context.path)#set($place = $place.replaceAll("(/[^/]+){${place.own}}/?\\z", ""))#set($context.responseOverride.header.Location = "$place${place.parts.map((part, index) => (typeof part === 'string' ? part : `$part${index}`)).join('')}")` : '';
    const parts = (place?.parts ?? []).flatMap((part, index) => (typeof part === 'string' ? [] : [`#define($text${index})${printer.text({ kind: 'value', expression: part })}#{end}`, `#set($part${index} = $util.urlEncode("$text${index}").replace("+", "%20"))`]));
    if (place) this.#headers.add('Location');
    const { statics, lines } = this.#mapped(printer, accepted.headers);
    const script = this.#script(printer, [...parts, ...(location === '' ? [] : [location]), ...lines], body);
    const retry: Readonly<Record<string, string>> = accepted.retryAfterSeconds === undefined ? {} : { 'Retry-After': `'${accepted.retryAfterSeconds}'` };
    return this.answer(accepted.status, { ...(accepted.body ? { 'Content-Type': `'${plainType(accepted.mediaType)}'` } : {}), ...retry, ...statics }, this.#judged(script));
  }

  /** The answer of a call that is waited for. */
  #waited(): CloudObject {
    const { operation } = this.route;
    const status = successOf(this.route);
    const mapping = mappingFor(operation.integration.responses, status, false);
    const printer = this.#printer();
    const declared = declaredAt(operation.responses, status)?.contents.find(({ kind }) => kind === 'json');
    const template = mapping ? mapping.body : replyTemplate(this.route);
    const isTable = Object.hasOwn(tables, this.backend.call);
    const body = mapping || !isTable ? template && printer.json(template) : declared && itemsScript(printer, this.api, this.route, this.backend, declared.schema);
    const { statics, lines } = this.#mapped(printer, mapping?.headers ?? new Map());
    const type: Readonly<Record<string, string>> = body === undefined ? {} : { 'Content-Type': `'${plainType(declared?.mediaType ?? 'application/json')}'` };
    return this.answer(status, { ...type, ...statics }, this.#judged(this.#script(printer, lines, body ?? '')));
  }

  /** What a success prints, unless the reply's body says that it is none. */
  #judged(success: string): string {
    const verdict = verdictOf(this.backend);
    if (!verdict) return success;
    const others = Object.entries(verdict.faults).map(([value, fault]) => `#elseif("$outcome" == "${value}")${this.#thrown(fault)}##\n`);
    return `#set($outcome = $input.path('$.${verdict.field}'))##\n#if("$outcome" ${verdict.success === undefined ? '!= ""' : `== "${verdict.success}"`})${success}##\n${others.join('')}#{else}${this.#thrown(verdict.otherwise)}#{end}`;
  }

  /** Which error it is, by the words of the service. */
  faultScript(): string {
    const cases = refusalsOf(this.backend).map(({ fault, words }, index) => `#${index === 0 ? 'if' : 'elseif'}($fault.matches("(?s).*(${words}).*"))${this.#thrown(fault)}`);
    return `#set($fault = $input.body)##\n${cases.join('##\n')}##\n#{else}${this.faultBody(faults.failed)}#{end}`;
  }

  /** The media type that an error's body has. */
  mediaType(status: number): string {
    const { operation: { integration, responses } } = this.route;
    const mapped = mappingFor(integration.responses, status, true)?.body;
    return plainType(mapped ? declaredAt(responses, status)?.contents[0]?.mediaType ?? 'application/json' : this.api.errors.mediaType);
  }

  /** An error instead of what the reply's own status would give. */
  #thrown(name: FaultName): string {
    const fault: Fault = faults[name];
    this.#statuses.add(fault.status);
    return `#set($context.responseOverride.status = ${fault.status})#set($context.responseOverride.header.Content-Type = "${this.mediaType(fault.status)}")${fault.retry ? '#set($context.responseOverride.header.Retry-After = "1")' : ''}${this.faultBody(fault)}`;
  }

  /** An error as the author mapped it, or in the envelope. */
  faultBody(fault: Fault): string {
    const mapping = mappingFor(this.route.operation.integration.responses, fault.status, true);
    if (!mapping?.body) return envelopeTemplate(this.api, fault.status, fault.title, fault.detail);
    const printer = this.#printer();
    const body = printer.json(mapping.body);
    return this.#script(printer, this.#mapped(printer, mapping.headers, true).lines, body);
  }

  #printer(): VelocityPrinter { return new VelocityPrinter(scopeOf(this.api, this.route, this.backend.call === 'run-and-wait' ? 'run' : 'reply')); }

  #script(printer: VelocityPrinter, lines: readonly string[], body: string): string {
    this.gaps.push(...printer.gaps);
    const all = [...printer.preamble, ...lines];
    const needed = [...all, body].some((line) => line.includes('$!{')) ? [...characters, ...all] : all;
    return `${needed.map((line) => `${line}##\n`).join('')}${body}`;
  }

  /** Headers that the author mapped: constant ones on the answer itself, others (or all, of an error) set by its template. */
  #mapped(printer: VelocityPrinter, headers: ReadonlyMap<string, Template>, dynamic = false): { readonly statics: Readonly<Record<string, string>>; readonly lines: readonly string[] } {
    const statics: Record<string, string> = {};
    const lines: string[] = [];
    const edits = [...this.route.operation.policy.headers.response.set].flatMap(([name, value]): (readonly [string, Template])[] =>
      (typeof value === 'string' ? (isStatic(name, value) ? [] : [[name, { kind: 'literal', value }]]) : [[name, { kind: 'value', expression: value }]]));
    for (const [index, [name, template]] of [...edits, ...headers].entries()) {
      const text = template.kind === 'literal' ? String(template.value) : undefined;
      if (!headerName.test(name)) continue;
      this.#headers.add(name);
      if (!dynamic && text !== undefined && isStatic(name, text)) statics[name] = `'${text}'`;
      else lines.push(`#define($header${index})${printer.text(template)}#{end}`, `#set($value${index} = "$header${index}")`, `#set($context.responseOverride.header.${name} = $value${index}.replaceAll("[\\x00-\\x1f]", " "))`);
    }
    return { statics, lines };
  }
}

/** The status of a success: the first that is declared. */
const successOf = ({ operation: { responses } }: Route): number =>
  responses.map(({ status }) => status).find((status): status is number => typeof status === 'number' && status >= 200 && status < 300) ?? 200;

/** Names that a template can set. */
const headerName = /^[A-Za-z][A-Za-z0-9-]*$/;
const isStatic = (name: string, value: string): boolean => headerName.test(name) && /^[\x20-\x26\x28-\x7e]*$/.test(value);

const plainType = (mediaType: string): string => (/^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/json');
