import { sam } from '../../generators/sam/index.js';
import { terraform } from '../../generators/terraform/index.js';
import { compileAll, compileSpec, filesOf } from './compile.js';
import { hclOf, type HclBlock, type HclData } from './hcl.js';
import { templateOf } from './template.js';

export type Fields = { readonly [key: string]: unknown };
export interface SamResource { readonly Type: string; readonly DependsOn?: unknown; readonly Condition?: string; readonly Properties: Fields }

/** What one document becomes for each of the two targets, read back from the text that was printed. */
export interface Targets {
  readonly sam: { readonly template: Fields; readonly resources: Readonly<Record<string, SamResource>>; readonly definition: Fields };
  readonly terraform: { readonly blocks: readonly HclBlock[]; readonly locals: HclData; readonly definition: Fields; readonly stages: ReadonlyMap<string, HclData> };
}

/** The two outputs of a document of `specs/`, or of one given as plain data. */
export const targetsOf = async (spec: string | Fields): Promise<Targets> => {
  const options = { emitters: [sam, terraform] };
  const files = filesOf(await (typeof spec === 'string' ? compileSpec(spec, options) : compileAll({ stdin: JSON.stringify(spec) }, options)));
  const template = templateOf(files.get('infra/template.yaml') ?? '').value;
  const shared = inside(template, 'Globals', 'Function') as Fields | undefined;
  const resources = Object.fromEntries(Object.entries(template['Resources'] as Readonly<Record<string, SamResource>>).map(([id, one]): [string, SamResource] =>
    [id, one.Type === 'AWS::Serverless::Function' ? { ...one, Properties: { ...shared, ...one.Properties } } : one]));
  const blocks = [...files].filter(([path]) => path.endsWith('.tf')).flatMap(([, content]) => hclOf(content));
  const locals = Object.assign({}, ...blocks.filter(({ type }) => type === 'locals').map(({ body }) => body)) as HclData;
  const stages = [...files].filter(([path]) => path.endsWith('.tfvars')).flatMap(([, content]) => hclOf(`values {\n${content}}`)).map(({ body }) => body);
  return {
    sam: { template, resources, definition: resources['Api']?.Properties['DefinitionBody'] as Fields },
    terraform: { blocks, locals, definition: locals['openapi'] as Fields, stages: new Map(stages.map((values) => [String(values['stage']), values])) },
  };
};

/** The bodies of all resources of a type, by name. */
export const resourcesOf = ({ blocks }: Targets['terraform'], type: string): readonly (readonly [string, HclData])[] =>
  blocks.filter(({ type: kind, labels }) => kind === 'resource' && labels[0] === type).map(({ labels, body }) => [labels[1] ?? '', body]);

export const samResourcesOf = ({ resources }: Targets['sam'], type: string): readonly (readonly [string, Fields])[] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);

/** A value some keys further down; nothing where there is none. */
export const inside = (value: unknown, ...keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>((whole, key) => (typeof whole === 'object' && whole !== null && Object.hasOwn(whole, key) ? (whole as Fields)[key] : undefined), value);
