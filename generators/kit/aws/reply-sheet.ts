import { declaredAt, mappingFor } from '../../../src/ir/acknowledge.js';
import type { Api, Template } from '../../../src/ir/index.js';
import type { Fault } from '../../../src/ir/outcome.js';
import type { ReachScope } from '../velocity/source.js';
import { comment, silent } from '../velocity/literal.js';
import { characters, inWords, VelocityPrinter, type Gap } from '../velocity/template.js';
import { answerCors } from './cors.js';
import { cloud, type CloudObject, type CloudText, type CloudValue } from './cloud-text.js';
import { envelopeTemplate } from './envelope.js';
import { headerAsWritten } from './parameter-mapping.js';
import type { Route } from './routes.js';
import { scopeOf } from './service-request.js';

/** Headers that the author mapped: those that stand on the answer itself, and lines of its template that set the others. */
export interface MappedHeaders { readonly statics: Readonly<Record<string, string>>; readonly lines: readonly string[] }

/** The answers of one route of a REST API that the gateway makes itself, with what they refer to declared on the way. */
export class ReplySheet {
  readonly gaps: Gap[] = [];
  readonly #statuses = new Set<number>();
  readonly #headers = new Set<string>();
  readonly #cors: ReturnType<typeof answerCors>;

  constructor(protected readonly api: Api, protected readonly route: Route, private readonly input: ReachScope['input']) {
    this.#cors = answerCors(api);
  }

  /** The method's responses: every status and header that the answers use. */
  declared(): CloudObject {
    const headers = Object.fromEntries([...this.#headers].sort().map((name): [string, CloudValue] => [name, { schema: { type: 'string' } }]));
    return Object.fromEntries([...this.#statuses].sort((a, b) => a - b).map((status): [string, CloudValue] => [String(status), { description: 'As the gateway answers', headers }]));
  }

  protected declare(status: number): void { this.#statuses.add(status); }
  protected declareHeader(name: string): void { this.#headers.add(name); }

  /** One answer: static headers, and a template. Header edits of the document and CORS headers stand on every one. */
  answer(status: number, headers: Readonly<Record<string, string>>, script: string): CloudObject {
    this.declare(status);
    const edits = [...this.route.operation.policy.headers.response.set].flatMap(([name, value]) => (typeof value === 'string' && isStatic(name, value) ? [[name, `'${value}'`] as const] : []));
    const all: Readonly<Record<string, string>> = { ...this.#cors.headers, ...Object.fromEntries(edits), ...headers };
    const names = Object.keys(all).sort();
    for (const name of [...names, 'Retry-After']) this.#headers.add(name);
    return {
      statusCode: String(status),
      responseParameters: Object.fromEntries(names.map((name) => [`method.response.header.${name}`, all[name] as string])),
      responseTemplates: { 'application/json': cloud`${[...this.#cors.lines.map(silent), script].join('')}` satisfies CloudText },
    };
  }

  /** A reply that goes on with its body as it came. */
  passed(status: number, headers: readonly string[]): CloudObject {
    const { statusCode, responseParameters } = this.answer(status, Object.fromEntries(headers.map((name) => [name, `integration.response.header.${name}`])), '');
    return { statusCode: statusCode as string, responseParameters: responseParameters ?? {} };
  }

  /** The media type that an error's body has. */
  mediaType(status: number): string {
    const { operation: { integration, responses } } = this.route;
    const mapped = mappingFor(integration.responses, status, true)?.body;
    return plainType(mapped ? declaredAt(responses, status)?.contents[0]?.mediaType ?? 'application/json' : this.api.errors.mediaType);
  }

  /** An error as the author mapped it, or in the envelope. */
  faultBody(fault: Fault): string {
    const mapping = mappingFor(this.route.operation.integration.responses, fault.status, true);
    if (!mapping) return this.envelope(fault);
    const printer = this.printer();
    const body = mapping.body ? printer.json(mapping.body) : this.envelope(fault);
    return this.script(printer, this.mapped(printer, mapping.headers, true).lines, body);
  }

  envelope({ status, title, detail }: Fault): string { return envelopeTemplate(this.api, status, title, detail); }

  protected printer(): VelocityPrinter { return new VelocityPrinter(scopeOf(this.api, this.route, this.input)); }

  protected script(printer: VelocityPrinter, lines: readonly string[], body: string): string {
    this.gaps.push(...printer.gaps);
    const all = [...printer.preamble, ...lines];
    const needed = [...all, body].some((line) => line.includes('$!{')) ? [...characters, ...all] : all;
    return `${needed.map(silent).join('')}${body}`;
  }

  /** Headers that the author mapped: constant ones and the backend's own on the answer itself, others (or all, where `dynamic`) set by its template. */
  protected mapped(printer: VelocityPrinter, headers: ReadonlyMap<string, Template>, dynamic = false): MappedHeaders {
    const statics: Record<string, string> = {};
    const lines: string[] = [];
    const edits = [...this.route.operation.policy.headers.response.set].flatMap(([name, value]): (readonly [string, Template])[] =>
      (typeof value === 'string' ? (isStatic(name, value) ? [] : [[name, { kind: 'literal', value }]]) : [[name, { kind: 'value', expression: value }]]));
    for (const [index, [name, template]] of [...edits, ...headers].entries()) {
      if (!headerName.test(name)) continue;
      this.#headers.add(name);
      const constant = dynamic ? undefined : standing(name, template);
      if (constant !== undefined) statics[name] = constant;
      else lines.push(comment(`${name}: ${inWords(template)}`), `#define($header${index})${printer.text(template)}#{end}`, `#set($value${index} = "$header${index}")`, `#set($context.responseOverride.header.${name} = $value${index}.replaceAll("[\\x00-\\x1f]", " "))`);
    }
    return { statics, lines };
  }
}

/** A header's value where no template is needed for it. */
const standing = (name: string, template: Template): string | undefined => {
  if (template.kind === 'literal') return isStatic(name, String(template.value)) ? `'${String(template.value)}'` : undefined;
  const expression = template.kind === 'value' ? template.expression : undefined;
  return expression?.source.kind === 'response-header' && headerName.test(expression.source.name) ? `integration.response.header.${headerAsWritten(expression)}` : undefined;
};

/** Names that a template can set. */
export const headerName = /^[A-Za-z][A-Za-z0-9-]*$/;
const isStatic = (name: string, value: string): boolean => headerName.test(name) && /^[\x20-\x26\x28-\x7e]*$/.test(value);

export const plainType = (mediaType: string): string => (/^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/json');
