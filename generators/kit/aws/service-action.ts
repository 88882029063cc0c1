import type { ActionBackend, Api, Operation, Template } from '../../../src/ir/index.js';
import { comment } from '../velocity/literal.js';
import { inWords, VelocityPrinter } from '../velocity/template.js';
import { cloud, partition, region, type CloudObject, type CloudText } from './cloud-text.js';
import { timeoutOf } from './integration.js';
import { pathOf } from './mapped-path.js';
import type { Route } from './routes.js';
import { encoded, jsonTypes, scopeOf, scriptOf, type Script } from './service-request.js';
import { repliesOf } from './service-response.js';
import type { ServiceRoute } from './service-rest.js';

export const actionBackend = ({ integration: { backend } }: Operation): ActionBackend | undefined => (backend.kind === 'action' ? backend : undefined);

/** Headers that say what a body is, and what is asked of whom. */
export const actionHeaders = ({ wire, input }: ActionBackend): Readonly<Record<string, string>> => {
  switch (wire.protocol) {
    case 'json': return { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': wire.target };
    case 'query': return { 'Content-Type': 'application/x-www-form-urlencoded' };
    case 'rest': return input.size > 0 ? { 'Content-Type': 'application/json' } : {};
  }
};

/** The route of an operation that is one action of any service: what it is given by a template, and what becomes of the reply. */
export const actionRoute = (api: Api, route: Route, backend: ActionBackend): ServiceRoute => {
  const { operation } = route;
  const { wire } = backend;
  const request = requestOf(api, route, backend);
  const replies = repliesOf(api, route, backend);
  const path = wire.protocol === 'rest' ? pathOf(api, route, wire.path, 'part') : undefined;
  const headers = Object.entries(actionHeaders(backend)).map(([name, value]) => [`integration.request.header.${name}`, `'${value}'`]);
  return {
    gaps: [...(path?.gaps ?? []), ...request.gaps, ...replies.gaps],
    responses: replies.method,
    integration: {
      type: 'aws',
      httpMethod: wire.protocol === 'rest' ? wire.method : 'POST',
      uri: cloud`arn:${partition}:apigateway:${region}:${backend.service}:path/${path ? path.path.replace(/^\/+/, '') : '/'}`,
      credentials: cloud`${{ cloud: 'role-arn', name: operation.id }}`,
      // A body that the template cannot read must not get past it, nor one where there is no template.
      passthroughBehavior: 'never',
      timeoutInMillis: timeoutOf(operation, 29_000),
      requestParameters: { ...path?.parameters, ...Object.fromEntries(headers) } as CloudObject,
      requestTemplates: Object.fromEntries(jsonTypes(operation).map((type) => [type, request.text])),
      responses: replies.integration,
    },
  };
};

const requestOf = (api: Api, route: Route, { wire, input }: ActionBackend): Script => {
  const printer = new VelocityPrinter(scopeOf(api, route, 'request'));
  if (wire.protocol === 'query') return formOf(printer, wire, input);
  if (wire.protocol === 'rest' && input.size === 0) return scriptOf(printer, [], cloud``);
  const body = printer.json({ kind: 'object', entries: [...input] });
  return scriptOf(printer, [], cloud`${body}`, body);
};

/** The parameters of a form. One whose value is absent is left out; what is no text stands as JSON. */
const formOf = (printer: VelocityPrinter, { action, version }: { readonly action: string; readonly version: string }, input: ActionBackend['input']): Script => {
  const defined: string[] = [];
  const fields = [...input].map(([name, template], index): CloudText => {
    const pair = (value: string): string => `&${encoded(name)}=${value}`;
    if (template.kind === 'literal') return cloud`${pair(encoded(textOf(template)))}`;
    const present = template.kind === 'value' ? printer.reach(template.expression)?.present : undefined;
    defined.push(comment(`${name}: ${inWords(template)}`), `#define($field${index + 1})${printer.text(template)}#end`);
    const entry = pair(`$util.urlEncode("$field${index + 1}")`);
    return cloud`${present === undefined ? entry : `#if(${present})${entry}#end`}`;
  });
  return scriptOf(printer, defined, fields.reduce((form, field) => cloud`${form}${field}`, cloud`Action=${action}&Version=${version}`));
};

const textOf = ({ value }: Extract<Template, { kind: 'literal' }>): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What the one permission is on: ARNs as they are, and parameters that have them. */
export const grantedOn = ({ permission: { on } }: ActionBackend): CloudText[] =>
  on.map((text) => (text === '*' || text.startsWith('arn:') ? cloud`${text}` : cloud`${{ cloud: 'parameter', name: text }}`));
