import type { Api, HttpBackend, ResponseMapping, Template } from '../../../src/ir/index.js';
import { baseOf, connection, linkOf } from './backend-address.js';
import { cloud, type CloudObject } from './cloud-text.js';
import { partsOf } from './mapped-path.js';
import { doubtsOf, parameterText, plain, type MappedIntegration } from './parameter-mapping.js';
import type { Route } from './routes.js';

/** A backend over HTTP behind an HTTP API: requests and answers pass, and parameter mappings change their path and headers. */
export const backendIntegration = (api: Api, route: Route, backend: HttpBackend): MappedIntegration | undefined => {
  const { operation } = route;
  const { request, responses } = operation.integration;
  const base = baseOf(api, backend);
  if (base === undefined) return undefined;
  if (request) return { lacking: 'parameter mappings cannot make a body' };
  const answers = responses.map((each) => headersOf(api, route, each));
  const lacking = answers.find((each): each is { readonly lacking: string } => 'lacking' in each);
  if (lacking) return lacking;
  const common: CloudObject = {
    type: 'http_proxy', httpMethod: operation.method, payloadFormatVersion: '1.0',
    ...(responses.length > 0 ? { responseParameters: Object.assign({}, ...answers) as CloudObject } : {}),
  };
  const doubts = responses.flatMap(({ headers }) => [...headers.values()].flatMap((template) => doubtsOf(api, template)));
  const link = linkOf(api, backend);
  if (link !== undefined) {
    const found = linked(api, route, backend, link);
    return 'lacking' in found ? found : { doubts, integration: { ...common, ...found.integration } };
  }
  const path = pathIn(route, backend.path);
  return path === undefined ? { lacking: 'an address is made of path variables and of stage variables there' } : { doubts, integration: { ...common, uri: cloud`${base}${path}` } };
};

/** The path of the address, with the gateway's variables, which stay encoded. */
const pathIn = (route: Route, template: Template | undefined): string | undefined => {
  if (!template) return route.path.replace('+}', '}');
  const parts = partsOf(template).map((part) => {
    if (typeof part === 'string') return part.split('/').map(encodeURIComponent).join('/');
    const { source } = part;
    if (source.kind === 'parameter' && source.in === 'path') return `{${route.variables.get(source.name) ?? source.name}}`;
    return source.kind === 'stage' ? `\${stageVariables.${source.name}}` : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
};

/** By a link, the address is that of a listener, and the path a mapping, in which values are not encoded. */
const linked = (api: Api, { operation }: Route, { resource: name, path }: HttpBackend, link: string): { readonly integration: CloudObject } | { readonly lacking: string } => {
  const resource = api.resources.get(name ?? '');
  const { pathname, protocol, hostname } = new URL(resource?.kind === 'http' ? resource.url : 'http://localhost');
  const base = plain(pathname.replace(/\/$/, ''));
  const constant = partsOf(path).every((part) => typeof part === 'string') ? plain(partsOf(path).join('').split('/').map(encodeURIComponent).join('/')) : undefined;
  if (base === undefined || constant === undefined) return { lacking: `\`${operation.id}\` has a \`path\` with values in it, and by a VPC link a value could add to the path` };
  return {
    integration: {
      ...connection(link, 'a load balancer'),
      uri: cloud`${{ cloud: 'parameter', name: `${link} listener arn`, what: `ARN of the listener of the load balancer to which the VPC link ${link} leads` }}`,
      // The stage is part of the path unless it is written anew.
      requestParameters: { 'overwrite:path': path ? `${base}${constant}` : base === '' ? '$request.path' : `${base}\${request.path}` },
      ...(protocol === 'https:' ? { tlsConfig: { serverNameToVerify: hostname } } : {}),
    },
  };
};

/** Headers of answers of one status. */
const headersOf = (api: Api, route: Route, { status, body, headers }: ResponseMapping): { readonly lacking: string } | CloudObject => {
  if (body) return { lacking: 'parameter mappings cannot make the body of an answer' };
  if (typeof status !== 'number') return { lacking: 'parameter mappings change the answers of one status each' };
  const mapped = [...headers].map(([name, template]) => [`overwrite:header.${name}`, parameterText(api, route, template, 'response')] as const);
  return mapped.some(([, text]) => text === undefined) ? { lacking: 'of a request, an answer’s headers cannot hold anything there' } : { [status]: Object.fromEntries(mapped) as CloudObject };
};
