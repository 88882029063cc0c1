import { callbackVariable, resourceVariable } from '../../../src/emit/layout.js';
import { usesOf } from '../../../src/ir/call.js';
import type { Api, Grant, Resource } from '../../../src/ir/index.js';
import { cloud, type CloudValue } from './cloud-text.js';
import { sendersOf } from '../../../src/ir/senders.js';
import { baseUrl } from './backend-address.js';
import { statement, type Statement } from './grants.js';
import { readSecrets, secretArn } from './secrets.js';
import type { Route } from './routes.js';

/** What a function is given: where its resources are, and what it may do with them. */
export interface Needs {
  /** Name of the variable → what the resource is known by. */
  readonly environment: readonly (readonly [string, CloudValue])[];
  readonly statements: readonly Statement[];
}

/** What the functions of operations are given. `uses` is what their code may do, where that is more than their policies say. */
export const needsOf = (api: Api, names: readonly string[], uses?: readonly Grant[]): Needs => {
  const operations = names.flatMap((name) => api.operations.get(name) ?? []);
  const secrets = [...new Set(operations.flatMap((operation) => sendersOf(operation).map(({ policy }) => policy.secret)))].sort();
  const { environment, statements } = grantedTo(api, uses ?? operations.flatMap(usesOf));
  return {
    environment: [...environment, ...secrets.map((secret) => [callbackVariable(secret), secretArn(secret)] as const)],
    statements: [...statements, ...readSecrets(secrets)],
  };
};

const grantedTo = (api: Api, uses: readonly Grant[]): Needs => {
  const grants = [...new Map(uses.map((grant) => [`${grant.resource}\n${grant.access}\n${grant.keys ?? ''}`, grant])).values()];
  const used = new Map(grants.flatMap(({ resource: name }) => {
    const resource = api.resources.get(name);
    return resource ? [[name, resource] as const] : [];
  }));
  return {
    environment: [...used].sort().map(([name, resource]) => [resourceVariable(name), known(resource)]),
    statements: grants.flatMap(({ resource: name, access, keys }) => {
      const resource = used.get(name);
      const allowed = resource && statement(resource, access, keys);
      return allowed ? [allowed] : [];
    }),
  };
};

/** What the code behind an operation knows a resource by: its name, URL or ARN, as the service's client wants it. */
const known = (resource: Resource): CloudValue => {
  const { name } = resource;
  switch (resource.kind) {
    case 'http': return cloud`${baseUrl(resource)}`;
    case 'queue': return cloud`${{ cloud: 'resource-url', name }}`;
    case 'topic': case 'workflow': return cloud`${{ cloud: 'resource-arn', name }}`;
    default: return cloud`${{ cloud: 'resource-name', name }}`;
  }
};

/** Statements of a function's resource policy share 20,480 bytes; past this many routes one statement serves for all. */
const mostStatements = 30;

/** The requests that may call a function, as the end of an ARN of the API: `GET/orders/*`. */
export const callers = (routes: readonly Route[]): string[] =>
  (routes.length > mostStatements ? ['*'] : routes.map(({ operation, arnPath }) => `${operation.method}${arnPath}`));
