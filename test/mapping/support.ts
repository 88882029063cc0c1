import { compile } from '../../src/compile.js';
import { generators } from '../../generators/index.js';
import { runtimeSources } from '../../src/cli/project.js';
import type { Api } from '../../src/ir/index.js';
import { root } from '../support/cli.js';
import { templateOf } from '../support/template.js';

export type Tree = { readonly [key: string]: Tree };

const resources = {
  inbox: { kind: 'queue', visibility: '180s' }, ledger: { kind: 'queue', fifo: true }, notices: { kind: 'topic' }, events: { kind: 'bus' },
  clicks: { kind: 'stream' }, nightly: { kind: 'workflow' }, pricing: { kind: 'workflow', type: 'express' }, theirs: { kind: 'queue', existing: 'arn:aws:sqs:eu-west-1:111122223333:inbox' },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

export interface Parts { readonly protocol?: 'rest' | 'http' | 'auto'; readonly gateway?: object; readonly policy: object; readonly body?: object | null; readonly parameters?: readonly object[]; readonly responses?: object; readonly path?: string; readonly paths?: object }

export const documentOf = ({ protocol = 'rest', gateway, policy, body, parameters = [], responses, path = '/work', paths }: Parts): object => ({
  openapi: '3.1.0', info: { title: 'T', version: '1' }, 'x-gateway': { protocol, resources, ...gateway }, security: [],
  paths: {
    [path]: {
      post: {
        operationId: 'doIt', parameters,
        ...(body === null ? {} : { requestBody: { required: true, ...json(body ?? { type: 'object', properties: { a: { type: 'string', maxLength: 9 } } }) } }),
        responses: responses ?? { 202: { description: 'ok', ...json({ type: 'object', properties: { requestId: { type: 'string' }, note: { type: 'string' } } }) }, 200: { description: 'ok', ...json({ type: 'object' }) } },
        'x-gateway': policy,
      },
    },
    ...paths,
  },
});

export interface Built { readonly api: Api; readonly codes: readonly string[]; readonly messages: readonly string[]; readonly resources: Tree; readonly integration: Tree; readonly method: Tree; readonly files: ReadonlyMap<string, string> }

/** Compiles for every target; the parts of the template that serve the one operation. */
export const build = async (parts: Parts): Promise<Built> => {
  const { diagnostics, files = [], api } = await compile({ stdin: JSON.stringify(documentOf(parts)) }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: generators, runtime: runtimeSources() });
  const byPath = new Map(files.map(({ path, content }) => [path, content]));
  const text = byPath.get('infra/template.yaml');
  const template = (text === undefined ? {} : templateOf(text).value) as Tree;
  const method = template['Resources']?.['Api']?.['Properties']?.['DefinitionBody']?.['paths']?.[parts.path ?? '/work']?.['post'] ?? {};
  return {
    api: api as Api, codes: diagnostics.filter(({ level }) => level === 'error').map(({ code }) => code), messages: diagnostics.map(({ message }) => message), resources: template['Resources'] ?? {}, method, files: byPath,
    integration: method['x-amazon-apigateway-integration'] ?? {},
  };
};
