import { generators } from '../../generators/index.js';
import { compile } from '../../src/compile.js';
import { runtimeSources } from '../../src/cli/project.js';
import { root } from '../support/cli.js';
import { templateOf } from '../support/template.js';

/** A document in parts; what is left out is what most tests do not care for. */
export interface Parts {
  readonly protocol?: 'rest' | 'http';
  readonly gateway?: object;
  readonly schemes?: object;
  readonly security?: readonly object[];
  /** Policy of `GET /things/{id}`. */
  readonly operation?: object;
  readonly parameters?: readonly object[];
  readonly paths?: object;
}

const ok = { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 9 } };

export const documentOf = ({ protocol = 'rest', gateway, schemes, security = [], operation, parameters = [], paths }: Parts): string => JSON.stringify({
  openapi: '3.1.0', info: { title: 'T', version: '1' },
  'x-gateway': { protocol, ...gateway },
  security,
  paths: paths ?? { '/things/{id}': { get: { operationId: 'getThing', parameters: [id, ...parameters], responses: ok, ...(operation ? { 'x-gateway': operation } : {}) } } },
  ...(schemes ? { components: { securitySchemes: schemes } } : {}),
});

type Tree = { readonly [key: string]: Tree };

export interface Built {
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly files: ReadonlyMap<string, string>;
  readonly template: Tree;
  readonly resources: Tree;
  /** The definition that the gateway imports. */
  readonly body: Tree;
}

/** Compiles for SAM. */
export const build = async (parts: Parts): Promise<Built> => {
  const emitters = generators.filter(({ runs, name }) => runs === 'always' || name === 'sam');
  const { diagnostics, files = [] } = await compile({ stdin: documentOf(parts) }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters, runtime: runtimeSources() });
  const byPath = new Map(files.map(({ path, content }) => [path, content]));
  const text = byPath.get('infra/template.yaml');
  const template = (text === undefined ? {} : templateOf(text).value) as Tree;
  const resources = template['Resources'] ?? {};
  return {
    codes: diagnostics.map(({ code }) => code), messages: diagnostics.map(({ message }) => message), files: byPath, template, resources,
    body: resources['Api']?.['Properties']?.['DefinitionBody'] ?? {},
  };
};

export const bearer = { type: 'http', scheme: 'bearer' } as const;
export const jwt = { ...bearer, 'x-gateway': { issuer: 'https://id.example.com/', audience: ['api'] } };
export const introspected = { ...bearer, 'x-gateway': { introspection: 'https://id.example.com/introspect', credentials: 'idp-client', cacheTtl: '20s' } };
export const checked = { ...bearer, 'x-gateway': { function: 'check' } };
export const keys = { type: 'apiKey', in: 'header', name: 'x-api-key', 'x-gateway': { plans: { basic: { rate: 1, burst: 2 } } } };
