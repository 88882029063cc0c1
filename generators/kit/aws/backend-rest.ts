import { backendAnswers, isMapped, type BackendAnswer } from '../../../src/ir/answers.js';
import { declaredAt } from '../../../src/ir/acknowledge.js';
import type { Api, Operation } from '../../../src/ir/index.js';
import { faults } from '../../../src/ir/outcome.js';
import { VelocityPrinter } from '../velocity/template.js';
import { addressOf } from './backend-address.js';
import { cloud, type CloudObject } from './cloud-text.js';
import { timeoutOf } from './integration.js';
import { plainType, ReplySheet } from './reply-sheet.js';
import type { Route } from './routes.js';
import { jsonTypes, scopeOf, scriptOf } from './service-request.js';
import type { ServiceRoute } from './service-rest.js';

/**
 * A backend over HTTP whose requests or answers are mapped. Nothing goes along by itself: of a request the declared headers and
 * query and the body, of an answer the declared headers.
 */
export const backendRoute = (api: Api, route: Route): ServiceRoute | undefined => {
  const { operation } = route;
  const { backend, request } = operation.integration;
  const address = backend.kind === 'http' && isMapped(operation) ? addressOf(api, route, backend) : undefined;
  if (!address) return undefined;
  const printer = new VelocityPrinter(scopeOf(api, route, 'request'));
  const body = request && printer.json(request);
  const template = body === undefined ? undefined : scriptOf(printer, [], cloud`${body}`, body);
  const sheet = new BackendSheet(api, route, 'reply');
  const responses = sheet.answers(backendAnswers(operation));
  return {
    gaps: [...(template?.gaps ?? []), ...sheet.gaps],
    responses: sheet.declared(),
    integration: {
      type: 'http',
      httpMethod: operation.method,
      uri: address.uri,
      ...address.connection,
      requestParameters: { ...address.parameters, ...handedOn(operation), ...(template ? { 'integration.request.header.Content-Type': "'application/json'" } : {}) },
      // A body that the template cannot read must not get past it.
      passthroughBehavior: template ? 'never' : 'when_no_match',
      ...(template ? { requestTemplates: Object.fromEntries(jsonTypes(operation).map((type) => [type, template.text])) } : {}),
      timeoutInMillis: timeoutOf(operation, 29_000),
      responses,
    },
  };
};

/** Names that a parameter of the gateway may have. */
const plainName = /^[A-Za-z0-9._$-]+$/;

/** Parameters of a request that its backend gets as they came. */
export const keptParameters = ({ parameters, policy: { headers: { request: { remove } } } }: Operation): Operation['parameters'] =>
  parameters.filter(({ in: place, name }) => (place === 'query' || place === 'header') && plainName.test(name)
    && !(place === 'header' && remove.some((each) => (each.endsWith('*') ? name.toLowerCase().startsWith(each.slice(0, -1)) : each === name.toLowerCase()))));

const handedOn = (operation: Operation): CloudObject => Object.fromEntries(keptParameters(operation).map(({ in: place, name }) => {
  const group = place === 'query' ? 'querystring' : 'header';
  return [`integration.request.${group}.${name}`, `method.request.${group}.${name}`];
}));

/** The answers of a route that passes on what another server says. */
class BackendSheet extends ReplySheet {
  /** Each of another status, and so is what selects it; 502 is for all that nobody expects. */
  answers(all: readonly BackendAnswer[]): CloudObject {
    return Object.fromEntries(all.map((each) => [each.status === faults.failed.status ? 'default' : String(each.status), this.#answer(each)]));
  }

  #answer({ status, mapping, fault }: BackendAnswer): CloudObject {
    if (!mapping) return fault ? this.answer(status, { ...typed(this.mediaType(status)), ...(fault.retry ? retryAfter : {}) }, this.envelope(fault)) : this.passed(status, ['Content-Type', ...this.#own(status)]);
    const printer = this.printer();
    const body = mapping.body ? printer.json(mapping.body) : fault ? this.envelope(fault) : '';
    const { statics, lines } = this.mapped(printer, mapping.headers);
    const type = fault ? this.mediaType(status) : plainType(declaredAt(this.route.operation.responses, status)?.contents.find(({ kind }) => kind === 'json')?.mediaType ?? 'application/json');
    return this.answer(status, { ...(body === '' ? {} : typed(type)), ...(fault?.retry ? retryAfter : {}), ...statics }, this.script(printer, lines, body));
  }

  /** Headers of an answer that the document knows of. */
  #own(status: number): readonly string[] {
    return (declaredAt(this.route.operation.responses, status)?.headers ?? []).map(({ name }) => name).filter((name) => plainName.test(name));
  }
}

const typed = (mediaType: string): Readonly<Record<string, string>> => ({ 'Content-Type': `'${mediaType}'` });
const retryAfter: Readonly<Record<string, string>> = { 'Retry-After': "'1'" };
