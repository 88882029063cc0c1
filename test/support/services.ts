import { CloudText, type CloudValue, type CloudVariable } from '../../generators/kit/aws/cloud-text.js';
import { routesOf, type Route } from '../../generators/kit/aws/routes.js';
import { serviceRoute, type ServiceRoute } from '../../generators/kit/aws/service-rest.js';
import type { Api } from '../../src/ir/index.js';

type Tree = { readonly [key: string]: Tree };

/** What a value is called that only a deployment knows. */
export type Names = (variable: CloudVariable) => string;
/** `arn:inbox`, `name:inbox`: enough where nothing is deployed. */
const standIns: Names = (variable) => ('name' in variable ? `${variable.cloud.replace('resource-', '')}:${variable.name}` : variable.cloud);

/** Cloud text with its values filled in. */
export const flat = (value: CloudValue, names: Names = standIns): unknown => {
  if (value instanceof CloudText) return value.parts.map((part) => (typeof part === 'string' ? part : names(part))).join('');
  if (Array.isArray(value)) return (value as readonly CloudValue[]).map((item) => flat(item, names));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, flat(item as CloudValue, names)])) : value;
};

export interface Direct { readonly route: Route; readonly service: ServiceRoute; readonly integration: Tree; readonly request: string; readonly reply: (key?: string) => string }

/** The route of an operation that the gateway serves with a call of its own. */
export const directOf = (api: Api, operation: string, names?: Names): Direct => {
  const route = routesOf(api).find(({ operation: { id } }) => id === operation);
  const service = route && serviceRoute(api, route);
  if (!route || !service) throw new Error(`${operation} calls no service`);
  const integration = flat(service.integration, names) as Tree;
  return {
    route, service, integration,
    request: integration['requestTemplates']?.['application/json'] as unknown as string,
    reply: (key = 'default') => integration['responses']?.[key]?.['responseTemplates']?.['application/json'] as unknown as string,
  };
};
