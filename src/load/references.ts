import type { Refusal, SourceFile } from '../document/document.js';
import type { Diagnostic } from '../diagnostics/define.js';
import { measure } from './measure.js';
import { syntax } from './diagnostics.js';
import { decode, parse } from './parse.js';
import type { Bytes, Caps } from './options.js';

/** What became of a file that something refers to. */
export type Outcome = { readonly source: SourceFile } | Refusal;

/** Where a reference leads, as an absolute URL without a fragment; nothing when it is no URL reference at all. */
export const addressOf = (reference: string, base: string): string | undefined => {
  try {
    const url = new URL(reference, base);
    url.hash = '';
    return url.href;
  } catch {
    return undefined;
  }
};

const dataFile = /(\.(ya?ml|json)|\/[^./]*)$/i;

/**
 * Reads every file that the root refers to, directly or over others. swagger-parser finds its way through them, but sees
 * of each file no more than the addresses it refers to: it follows each reference it meets, at any depth, so one in an
 * example or an extension would otherwise fail the run, and deep nesting would overflow its stack.
 */
export const readReferences = async (
  root: string, references: Iterable<string>, read: (url: string) => Promise<Bytes>, nameOf: (url: string) => string, caps: Caps,
): Promise<ReadonlyMap<string, Outcome>> => {
  const outcomes = new Map<string, Outcome>();
  const skeleton = (paths: Iterable<string>, base: string): { $ref: string }[] =>
    [...paths].flatMap((path) => addressOf(path, base) ?? []).filter((address) => address !== root).map(($ref) => ({ $ref }));
  const readOne = async (address: string): Promise<{ $ref: string }[]> => {
    const [outcome, found] = outcomes.size < caps.files ? await interpret(address, read, nameOf, caps) : refuse(address, 'too-many');
    outcomes.set(address, outcome);
    return skeleton(found, address);
  };
  const start = skeleton(references, root);
  if (start.length === 0) return outcomes;
  // Only documents of several files pay for loading it.
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  await SwaggerParser.resolve(root, { openapi: '3.0.3', info: { title: '', version: '' }, paths: {}, 'x-references': start } as never, {
    resolve: { external: true, file: false, http: false, ours: { order: 1, canRead: true, read: async (file: { url: string }) => JSON.stringify(await readOne(new URL(file.url).href)) } },
    parse: { json: false, yaml: false, text: false, binary: false, ours: { order: 1, allowEmpty: true, canParse: true, parse: (file: { data: unknown }) => JSON.parse(String(file.data)) as object } },
  } as never);
  return outcomes;
};

const refuse = (target: string, refused: Refusal['refused'], cause?: Diagnostic): readonly [Refusal, readonly string[]] =>
  [{ refused, target, ...(cause ? { cause } : {}) }, []];

const interpret = async (address: string, read: (url: string) => Promise<Bytes>, nameOf: (url: string) => string, caps: Caps): Promise<readonly [Outcome, Iterable<string>]> => {
  const found = await read(address);
  if ('refused' in found) return refuse(address, found.refused);
  const name = nameOf(address);
  const text = decode(found.bytes);
  if (text === undefined) return refuse(address, 'invalid');
  if (!dataFile.test(new URL(address).pathname)) return [{ source: { name, value: text, text, format: 'text' } }, []];
  const parsed = parse(text, name, caps);
  if ('code' in parsed) return refuse(address, 'invalid', parsed.code === syntax.definition.code ? parsed : undefined);
  const measured = measure(parsed.value, name, caps);
  if ('code' in measured) return refuse(address, 'invalid', measured);
  return [{ source: { name, value: parsed.value, text, format: parsed.format } }, measured.references];
};
