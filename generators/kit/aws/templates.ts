import type { Api } from '../../../src/ir/index.js';
import type { CloudObject, CloudValue } from './cloud-text.js';
import type { Route } from './routes.js';
import { serviceRoute } from './service-rest.js';

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
