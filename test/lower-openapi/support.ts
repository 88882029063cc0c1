import { Diagnostics } from '../../src/diagnostics/collect.js';
import type { Diagnostic } from '../../src/diagnostics/define.js';
import type { Document } from '../../src/document/document.js';
import { loadDocument, type LoadOptions } from '../../src/load/index.js';
import { lowerOperations, type LoweredDocument } from '../../src/lower/operation.js';

export interface Lowered {
  readonly diagnostics: readonly Diagnostic[];
  readonly document?: Document;
  readonly lowered?: LoweredDocument;
  readonly sources: ReadonlyMap<string, string>;
}

/** Loads and lowers a document given as text, as over standard input. */
export const lowerText = (text: string): Promise<Lowered> => lowerInput({ stdin: text }, {});

/** Loads and lowers whatever the loader takes. */
export const lowerInput = async (input: string | { stdin: string }, options: Partial<LoadOptions>): Promise<Lowered> => {
  const found = new Diagnostics();
  const sources = new Map<string, string>();
  const document = await loadDocument(input, { cwd: '/', allowRoots: [], allowHosts: [], overlays: [], ...options, sources }, found.report);
  if (!document) return { diagnostics: found.all, sources };
  return { diagnostics: found.all, document, lowered: lowerOperations(document, found.report), sources };
};

/** A document of the given dialect around paths and components, as JSON. */
export const documentOf = (version: string, rest: object): string => JSON.stringify({ openapi: version, info: { title: 'Test', version: '1' }, security: [], ...rest });

/** A document whose single operation answers with the given schema. */
export const answering = (version: string, schema: unknown, schemas: object = {}): string => documentOf(version, {
  paths: { '/things': { get: { operationId: 'getThing', responses: { 200: { description: 'It', content: { 'application/json': { schema } } } } } } },
  components: { schemas },
});
