import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml';
import type { Json } from '../base/json.js';
import { lenientYaml } from '../base/lenient-yaml.js';
import type { Origin } from '../base/origin.js';
import type { Diagnostic } from '../diagnostics/define.js';
import * as faults from './diagnostics.js';
import type { Caps } from './options.js';

export interface Parsed { readonly value: Json; readonly format: 'yaml' | 'json' }

/** The text of a file: UTF-8, with or without a byte order mark, or UTF-16 with one. Nothing when it is neither. */
export const decode = (bytes: Uint8Array): string | undefined => {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};

const yamlSchema = CORE_SCHEMA.withTags(mergeTag);

/** Parses JSON, or else YAML with the core tags and merge keys; a document or what is wrong with it. */
export const parse = (text: string, file: string, caps: Caps): Parsed | Diagnostic => {
  if (/^\s*[[{]/.test(text)) {
    try {
      return { value: JSON.parse(text) as Json, format: 'json' };
    } catch (error) {
      const asYaml = parseYaml(text, file, caps);
      return 'code' in asYaml || !file.endsWith('.json') ? asYaml : faults.syntax({ format: 'JSON', why: jsonReason(error) }, placeOf(text, jsonOffset(error), file));
    }
  }
  return parseYaml(text, file, caps);
};

const parseYaml = (text: string, file: string, caps: Caps): Parsed | Diagnostic => {
  const top: Origin = { file, pointer: '' };
  if (!/^[^\S\n]*[^\s#]/m.test(text)) return faults.empty({}, top);
  try {
    return { value: load(text, { schema: yamlSchema, maxDepth: caps.depth, maxTotalMergeKeys: 100_000 }) as Json, format: 'yaml' };
  } catch (error) {
    if (!(error instanceof YAMLException)) return faults.syntax({ format: 'YAML', why: String(error) }, top);
    const { reason, mark } = error;
    const at = mark ? { ...top, position: { line: mark.line + 1, column: mark.column + 1 } } : top;
    if (reason === 'deficient indentation') return parseLenient(text) ?? faults.syntax({ format: 'YAML', why: plain(reason) }, at);
    if (reason.includes('maxDepth')) return faults.tooLarge({ what: 'levels of nesting', limit: faults.limitText(caps.depth) }, at);
    if (reason.includes('the input is empty')) return faults.empty({}, top);
    return faults.syntax({ format: 'YAML', why: plain(reason) }, at);
  }
};

/**
 * A second reading for flow collections whose closing bracket stands no deeper than their key: YAML forbids it, most
 * parsers take it, and real documents have it. Too slow to be the first.
 */
const parseLenient = (text: string): Parsed | undefined => {
  try {
    const document = lenientYaml().parseDocument(text, { schema: 'core', merge: true, uniqueKeys: true, logLevel: 'silent' });
    if (document.errors.length > 0 || document.warnings.length > 0) return undefined;
    return { value: document.toJS({ maxAliasCount: 100_000 }) as Json, format: 'yaml' };
  } catch {
    return undefined;
  }
};

/** The parser's words where they speak of its own types. */
const plain = (reason: string): string =>
  reason.startsWith('unknown') && reason.includes('tag') ? `the tag \`${/!<(.*)>/.exec(reason)?.[1] ?? ''}\` is not known`
  : reason.includes('complex keys') ? 'a key must be a plain text'
  : reason.startsWith('duplicated mapping key') ? 'this key stands twice in the same object'
  : reason;

const jsonReason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/ in JSON at position \d+.*/, '').replace(/, "[\s\S]*" is not valid JSON$/, '').toLowerCase();

const jsonOffset = (error: unknown): number => Number(/at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? 0);

const placeOf = (text: string, offset: number, file: string): Origin => {
  const before = text.slice(0, offset).split('\n');
  return { file, pointer: '', position: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 } };
};
