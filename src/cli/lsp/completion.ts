import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver/node';
import { isObject, type Json } from '../../base/json.js';
import { suggestionsAt } from '../../bind/schema/within.js';
import { catalog } from '../../catalog.js';
import { expressionsFor } from '../../expressions/suggest.js';
import type { Api } from '../../ir/index.js';
import { valueAt, type Suggestion } from '../../language/suggest.js';
import { typedAt, type Place } from './position.js';

const kinds = { key: CompletionItemKind.Property, block: CompletionItemKind.Module, value: CompletionItemKind.Value } as const satisfies Record<Suggestion['kind'], CompletionItemKind>;

/** What may be typed at a place of a document. `api`: what was last understood of it. */
export const completionsAt = (lines: readonly string[], at: { readonly line: number; readonly character: number }, api: Api | undefined): readonly CompletionItem[] => {
  const { start, end, word, places } = typedAt(lines, at);
  const after = (lines[at.line] ?? '').slice(end);
  const range = { start: { line: at.line, character: start }, end: { line: at.line, character: end } };
  const found = new Map(places.flatMap((place) => [...suggestionsAt(place.document, place.path, place.position), ...namesAt(place, word, api)]).map((each) => [each.name, each]));
  return [...found.values()].map(({ name, description, kind }) => ({
    label: name, kind: kinds[kind], documentation: description, filterText: name,
    textEdit: { range, newText: kind === 'value' || /^\s*["':]/.test(after) ? name : kind === 'key' ? `${name}: ` : `${name}:` },
  }));
};

/** Names that the document gives: its resources, where one is called for, what requests have, where an expression is begun, and codes of diagnostics. */
const namesAt = ({ document, path, position }: Place, word: string, api: Api | undefined): readonly Suggestion[] => {
  if (position !== 'value') return [];
  const key = path.at(-1);
  if (path.includes('x-gateway-allow') && key === 'rule') return catalog.map(({ definition: { code, summary } }) => ({ name: code, description: summary, kind: 'value' }));
  if (!path.includes('x-gateway')) return [];
  const [, lead = '', begun] = /^(.*?)(\$[^$]*)$/.exec(word) ?? [];
  const [, route, method] = path;
  const operation = [...(api?.operations.values() ?? [])].find((each) => each.path.text === route && each.method.toLowerCase() === method);
  if (begun !== undefined) return expressionsFor(api, operation).map(({ name, description }) => ({ name: lead + name, description, kind: 'value' }));
  const resources = valueAt(document, ['x-gateway', 'resources']);
  return isObject(resources) ? Object.entries(resources).filter(([, resource]) => kindOf(resource) === key).map(([name]) => ({ name, description: `The ${String(key)} of this document.`, kind: 'value' })) : [];
};

const kindOf = (resource: Json | undefined): Json | undefined => valueAt(resource, ['kind']);
