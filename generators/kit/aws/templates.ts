import type { Api } from '../../../src/ir/index.js';
import { CloudText, type CloudObject, type CloudValue } from './cloud-text.js';
import type { Route } from './routes.js';
import { serviceRoute } from './service-rest.js';
import { comment } from '../velocity/literal.js';

/** What the gateway renders for a route of a REST API: what it sends, and what it answers to a success. */
export interface RestTemplates { readonly request?: CloudValue; readonly response?: CloudValue }

export const restTemplates = (api: Api, route: Route): RestTemplates => {
  const integration = serviceRoute(api, route)?.integration;
  if (!integration) return {};
  const request = first(integration['requestTemplates']);
  const response = first((integration['responses'] as { readonly default?: CloudObject } | undefined)?.default?.['responseTemplates']);
  return { ...(request === undefined ? {} : { request }), ...(response === undefined ? {} : { response }) };
};

const first = (templates: CloudValue | undefined): CloudValue | undefined => Object.values((templates ?? {}) as CloudObject)[0];

/** A template as a file, for people: as it stands in the definition, a value that only a deployment knows named in angle brackets. */
export const printTemplate = (header: string, template: CloudValue): string => `${comment(header)}\n${readable(template)}\n`;

const readable = (value: CloudValue): string =>
  (value instanceof CloudText ? value.parts.map((part) => (typeof part === 'string' ? part : `<${'name' in part ? `${part.cloud} ${part.name.replace(/[^\w.:/-]/g, '_')}` : part.cloud}>`)).join('') : String(value));
