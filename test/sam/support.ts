import { compileAll, errorsOf, filesOf } from '../support/compile.js';
import { templateOf, type ParsedTemplate } from '../support/template.js';

export type Fields = Record<string, unknown>;

/** The template of a document, given as plain data. */
export const built = async (document: Fields): Promise<ParsedTemplate & { readonly codes: readonly string[]; readonly stacks: ReadonlyMap<string, Fields>; readonly resources: Record<string, { Type: string; Properties: Fields }>; readonly body: Definition }> => {
  const compilation = await compileAll({ stdin: JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [], ...document }) });
  if (compilation.failed) throw new Error(errorsOf(compilation).join('\n'));
  const files = filesOf(compilation);
  const template = templateOf(files.get('infra/template.yaml') ?? '');
  const stacks = new Map([...files].filter(([path]) => path.startsWith('infra/functions-')).map(([path, content]) => [path, templateOf(content).value]));
  const resources = template.value['Resources'] as Record<string, { Type: string; Properties: Fields }>;
  return { ...template, stacks, resources, codes: compilation.diagnostics.map(({ code }) => code), body: resources['Api']?.Properties['DefinitionBody'] as Definition };
};

/** What the gateway is imported from. */
export interface Definition {
  readonly paths: Record<string, Record<string, Fields & { readonly parameters: readonly Fields[] }>>;
  readonly components: Record<string, Record<string, Fields>>;
  readonly [key: string]: unknown;
}

export const fine: Fields = { responses: { 200: { description: 'Fine.' } } };
export const variable = (name: string): Fields => ({ name, in: 'path', required: true, schema: { type: 'string', maxLength: 9 } });
