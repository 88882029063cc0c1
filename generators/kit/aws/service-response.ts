import { acknowledgementOf, declaredAt, mappingFor, successOf } from '../../../src/ir/acknowledge.js';
import type { ActionBackend, Api } from '../../../src/ir/index.js';
import { faults, refusalsOf, verdictOf, type Fault, type FaultName } from '../../../src/ir/outcome.js';
import { comment } from '../velocity/literal.js';
import type { Gap } from '../velocity/template.js';
import type { CloudObject } from './cloud-text.js';
import { plainType, ReplySheet } from './reply-sheet.js';
import type { Route } from './routes.js';
import { itemsScript, replyTemplate } from './service-items.js';
import { tables, type DirectBackend } from './services.js';

/** What becomes of a service's reply: for the integration, and as the method declares it. */
export interface Replies { readonly integration: CloudObject; readonly method: CloudObject; readonly gaps: readonly Gap[] }

/** `passed`: headers of a reply whose body goes on as it is. */
export const repliesOf = (api: Api, route: Route, backend: DirectBackend | ActionBackend, passed?: readonly string[]): Replies => {
  const sheet = new ServiceSheet(api, route, backend);
  const done = passed ? sheet.passed(successOf(route.operation.responses), passed) : sheet.success();
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

/** The answers of a route that is served by one call of a service. */
class ServiceSheet extends ReplySheet {
  constructor(api: Api, route: Route, private readonly backend: DirectBackend | ActionBackend) {
    super(api, route, backend.kind === 'service' && backend.call === 'run-and-wait' ? 'run' : 'reply');
  }

  success(): CloudObject {
    const accepted = acknowledgementOf(this.api, this.route.operation);
    return accepted ? this.#accepted(accepted) : this.#waited();
  }

  #accepted(accepted: NonNullable<ReturnType<typeof acknowledgementOf>>): CloudObject {
    const printer = this.printer();
    const body = accepted.body ? printer.json(accepted.body) : '';
    const place = accepted.location;
    const location = place ? `#set($place = $context.path)#set($place = $place.replaceAll("(/[^/]+){${place.own}}/?\\z", ""))#set($context.responseOverride.header.Location = "$place${place.parts.map((part, index) => (typeof part === 'string' ? part : `$part${index}`)).join('')}")` : '';
    const parts = (place?.parts ?? []).flatMap((part, index) => (typeof part === 'string' ? [] : [`#define($text${index})${printer.text({ kind: 'value', expression: part })}#{end}`, `#set($part${index} = $util.urlEncode("$text${index}").replace("+", "%20"))`]));
    if (place) this.declareHeader('Location');
    const { statics, lines } = this.mapped(printer, accepted.headers);
    const script = this.script(printer, [...(place ? [comment('where the work can be followed, as Location'), ...parts, location] : []), ...lines], body);
    const retry: Readonly<Record<string, string>> = accepted.retryAfterSeconds === undefined ? {} : { 'Retry-After': `'${accepted.retryAfterSeconds}'` };
    return this.answer(accepted.status, { ...(accepted.body ? { 'Content-Type': `'${plainType(accepted.mediaType)}'` } : {}), ...retry, ...statics }, this.#judged(script));
  }

  /** The answer of a call that is waited for. */
  #waited(): CloudObject {
    const { operation } = this.route;
    const status = successOf(this.route.operation.responses);
    const mapping = mappingFor(operation.integration.responses, status, false);
    const printer = this.printer();
    const declared = declaredAt(operation.responses, status)?.contents.find(({ kind }) => kind === 'json');
    const { backend } = this;
    // What a service says of itself goes on only where the document describes it.
    const template = mapping ? mapping.body : backend.kind === 'service' || declared ? replyTemplate(this.route) : undefined;
    const isTable = backend.kind === 'service' && Object.hasOwn(tables, backend.call);
    const body = mapping || !isTable ? template && printer.json(template) : declared && itemsScript(printer, this.api, this.route, backend, declared.schema);
    const { statics, lines } = this.mapped(printer, mapping?.headers ?? new Map());
    const type: Readonly<Record<string, string>> = body === undefined ? {} : { 'Content-Type': `'${plainType(declared?.mediaType ?? 'application/json')}'` };
    return this.answer(status, { ...type, ...statics }, this.#judged(this.script(printer, lines, body ?? '')));
  }

  /** What a success prints, unless the reply's body says that it is none. */
  #judged(success: string): string {
    const verdict = verdictOf(this.backend);
    if (!verdict) return success;
    const others = Object.entries(verdict.faults).map(([value, fault]) => `#elseif("$outcome" == "${value}")${this.#thrown(fault)}##\n`);
    return `${comment(`whether it was done, as the service tells in ${verdict.field}`)}\n#set($outcome = $input.path('$.${verdict.field}'))##\n#if("$outcome" ${verdict.success === undefined ? '!= ""' : `== "${verdict.success}"`})##\n${success}##\n${others.join('')}#{else}${this.#thrown(verdict.otherwise)}#{end}`;
  }

  /** Which error it is, by the words of the service. */
  faultScript(): string {
    const cases = refusalsOf(this.backend).map(({ fault, words }, index) => `#${index === 0 ? 'if' : 'elseif'}($fault.matches("(?s).*(${words}).*"))${this.#thrown(fault)}`);
    return `${comment('which error it is, by the words of the service')}\n#set($fault = $input.body)##\n${cases.join('##\n')}##\n#{else}${this.faultBody(faults.failed)}#{end}`;
  }

  /** An error instead of what the reply's own status would give. */
  #thrown(name: FaultName): string {
    const fault: Fault = faults[name];
    this.declare(fault.status);
    return `#set($context.responseOverride.status = ${fault.status})#set($context.responseOverride.header.Content-Type = "${this.mediaType(fault.status)}")${fault.retry ? '#set($context.responseOverride.header.Retry-After = "1")' : ''}${this.faultBody(fault)}`;
  }
}
