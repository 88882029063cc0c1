import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Origin } from '../base/origin.js';
import { isObject, typeName, type JsonObject } from '../base/json.js';
import type { Report } from '../diagnostics/collect.js';
import type { Document, SourceFile } from '../document/document.js';
import * as faults from './diagnostics.js';
import { measure, type References } from './measure.js';
import { defaultCaps, type Caps, type FileStore, type LoadOptions } from './options.js';
import { decode, parse, type Parsed } from './parse.js';
import { disk, referenceReader } from './read.js';
import { addressOf, readReferences } from './references.js';
import { readVersion } from './version.js';

/** A document on the command line: a path, or the text that came over standard input. */
export type Input = string | { readonly stdin: string };

const reasons: Readonly<Record<string, string>> = { missing: 'there is no such file', unreadable: 'it is not a file, or may not be read' };

/**
 * Reads a document with everything it refers to, applies overlays, converts Swagger 2.0. Answers nothing when there is
 * no document to go on with; a reference that leads nowhere is told only by whoever follows it.
 */
export const loadDocument = async (input: Input, options: LoadOptions, report: Report): Promise<Document | undefined> => {
  const caps = options.caps ?? defaultCaps;
  const path = resolve(options.cwd, typeof input === 'string' ? input : 'stdin');
  const store = options.store ?? disk;
  const name = typeof input === 'string' ? nameIn(store, options.cwd, path) : '<stdin>';
  const text = typeof input === 'string' ? await readText(store, path, name, caps, report) : input.stdin.replace(/^\uFEFF/, '');
  const parsed = text === undefined ? undefined : parseRoot(text, name, caps, options, report);
  if (text === undefined || !parsed) return undefined;
  // JSONPath and the overlay rules are loaded by those who use them.
  const overlaid = options.overlays.length === 0
    ? { value: parsed.value, origins: new Map<string, Origin>() }
    : await (await import('./overlay.js')).applyOverlays(parsed.value, name, options.overlays, (file) => readObject(resolve(options.cwd, file), options, caps, report), report);
  if (!overlaid) return undefined;
  const versioned = await readVersion(overlaid.value, overlaid.origins, name, report);
  if (!versioned) return undefined;
  // What neither an overlay nor a conversion has made anew was measured when it was parsed.
  const measured = versioned.value === parsed.value ? parsed : measure(versioned.value, name, caps);
  if ('code' in measured) {
    report(measured);
    return undefined;
  }
  const address = pathToFileURL(path).href;
  const nameOf = (url: string): string => (url.startsWith('file:') ? nameIn(store, options.cwd, fileURLToPath(url)) : url);
  const outcomes = await readReferences(address, measured.references, referenceReader(dirname(path), options, caps), nameOf, caps);
  const root: SourceFile = { name, value: versioned.value, text, format: parsed.format };
  const files = new Map([[name, root]]);
  const addresses = new Map([[name, address]]);
  for (const [url, outcome] of outcomes) {
    if ('refused' in outcome) continue;
    files.set(outcome.source.name, outcome.source);
    addresses.set(outcome.source.name, url);
    options.sources.set(outcome.source.name, outcome.source.text);
  }
  return {
    root: name,
    dialect: versioned.dialect,
    files,
    origins: versioned.origins,
    resolve: (from, reference) => {
      const target = addressOf(reference, addresses.get(from) ?? address);
      if (target === address) return { file: name };
      const outcome = target === undefined ? undefined : outcomes.get(target);
      if (!outcome) return { refused: 'missing', target: target ?? reference };
      return 'refused' in outcome ? outcome : { file: outcome.source.name };
    },
  };
};

/** A path as people are shown it: relative to where the command ran, with forward slashes. */
const nameIn = ({ prefix }: FileStore, cwd: string, path: string): string => prefix + relative(cwd, path).split(sep).join('/');

const readText = async (store: FileStore, path: string, name: string, caps: Caps, report: Report): Promise<string | undefined> => {
  const found = await store.read(path, caps);
  const origin = { file: name, pointer: '' };
  if ('refused' in found) {
    report(found.refused === 'too-large'
      ? faults.tooLarge({ what: 'bytes', limit: faults.limitText(caps.bytes) }, origin)
      : faults.unreadable({ path: name, why: reasons[found.refused] ?? found.refused }, origin));
    return undefined;
  }
  const text = decode(found.bytes);
  if (text === undefined) report(faults.notText({}, origin));
  return text;
};

const parseRoot = (text: string, name: string, caps: Caps, options: LoadOptions, report: Report): (Parsed & References & { readonly value: JsonObject }) | undefined => {
  options.sources.set(name, text);
  const parsed = parse(text, name, caps);
  if ('code' in parsed) {
    report(parsed);
    return undefined;
  }
  const measured = measure(parsed.value, name, caps);
  if ('code' in measured) report(measured);
  else if (isObject(parsed.value)) return { ...parsed, references: measured.references, value: parsed.value };
  else report(faults.notAnObject({ found: typeName(parsed.value) }, { file: name, pointer: '' }));
  return undefined;
};

/** Another file that must be an object: an overlay. */
const readObject = async (path: string, options: LoadOptions, caps: Caps, report: Report): Promise<{ name: string; value: JsonObject } | undefined> => {
  const store = options.store ?? disk;
  const name = nameIn(store, options.cwd, path);
  const text = await readText(store, path, name, caps, report);
  const parsed = text === undefined ? undefined : parseRoot(text, name, caps, options, report);
  return parsed && { name, value: parsed.value };
};
