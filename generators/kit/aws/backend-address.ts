import type { Api, HttpBackend } from '../../../src/ir/index.js';
import type { Gap } from '../velocity/template.js';
import { cloud, type CloudObject, type CloudText, type CloudVariable } from './cloud-text.js';
import { pathOf } from './mapped-path.js';
import type { Route } from './routes.js';

/** The address of a service over HTTP: the document's, unless the deployment names another. */
export const baseUrl = ({ name, url }: { readonly name: string; readonly url: string }): CloudVariable =>
  ({ cloud: 'parameter', name: `${name} url`, what: `Base URL of what the document calls ${JSON.stringify(name.slice(0, 200))}, without a slash at its end`, default: url.replace(/\/$/, '') });

/** Where a backend is: as the document says, or (for a resource of it) as whoever deploys does. */
export const baseOf = (api: Api, { url, resource: name }: HttpBackend): CloudText | undefined => {
  const resource = name === undefined ? undefined : api.resources.get(name);
  if (resource?.kind === 'http') return cloud`${baseUrl(resource)}`;
  return url === undefined ? undefined : cloud`${url.replace(/\/$/, '')}`;
};

/** The name of the link by which a private backend is reached. */
export const linkOf = (api: Api, { resource: name }: HttpBackend): string | undefined => {
  const resource = name === undefined ? undefined : api.resources.get(name);
  return resource?.kind === 'http' ? resource.vpcLink : undefined;
};

/** Leads through a link of the network that the backend is in. Only whoever deploys knows its id. */
export const connection = (link: string, balancer: string): CloudObject => ({
  connectionType: 'VPC_LINK',
  connectionId: cloud`${{ cloud: 'parameter', name: `${link} link id`, what: `Id of the VPC link ${link}, which leads to ${balancer}` }}`,
});

/** Where a REST API sends a request of a route, and how the path is made. */
export interface Address { readonly uri: CloudText; readonly parameters: CloudObject; readonly connection: CloudObject; readonly gaps: readonly Gap[] }

export const addressOf = (api: Api, route: Route, backend: HttpBackend): Address | undefined => {
  const base = baseOf(api, backend);
  if (base === undefined) return undefined;
  const mapped = backend.path && pathOf(api, route, backend.path, 'part');
  const own = Object.fromEntries([...new Set(route.variables.values())].map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]));
  const link = linkOf(api, backend);
  return {
    uri: cloud`${base}${mapped?.path ?? route.path.replace('+}', '}')}`,
    parameters: mapped?.parameters ?? own,
    connection: link === undefined ? {} : connection(link, 'a network load balancer'),
    gaps: mapped?.gaps ?? [],
  };
};
