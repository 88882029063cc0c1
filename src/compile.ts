import type { BoundApi } from './bind/bind.js';
import { createJudge, type RuleLevel } from './bind/allowances.js';
import { catalog } from './catalog.js';
import { Diagnostics, type Report } from './diagnostics/collect.js';
import type { Diagnostic } from './diagnostics/define.js';
import { changeRules } from './diff/rules/index.js';
import type { Document } from './document/document.js';
import { emitContext, type Elsewhere, type Emitted, type EmitSettings } from './emit/context.js';
import type { Emitter } from './emit/emitter.js';
import { hashOf } from './emit/hash.js';
import { held, toSend } from './emit/held.js';
import { keepNothing, type Memory } from './emit/memory.js';
import { collectFiles, type PlannedFile } from './emit/plan.js';
import { reportSupport } from './emit/support.js';
import type { Api } from './ir/index.js';
import { lint } from './lint/lint.js';
import { loadDocument, type Input } from './load/load.js';
import type { LoadOptions } from './load/options.js';
import { lowerApi } from './lower/api.js';

export interface CompileOptions extends Omit<LoadOptions, 'sources'> {
  /** What runs, and so what the document is held against. */
  readonly emitters: readonly Emitter[];
  /** Levels that the project gives to codes. */
  readonly levels?: ReadonlyMap<string, RuleLevel>;
  /** Sources of the runtime that generated code carries, by file name. Without them nothing is generated. */
  readonly runtime?: ReadonlyMap<string, string>;
  /** Where generators may run but here, in a build that no other follows: what is remembered is remembered here. */
  readonly elsewhere?: Elsewhere;
  /** Sources that generated contract tests carry, by file name. Without them no such tests are generated. */
  readonly suite?: ReadonlyMap<string, string>;
  /** Of the last build of this document, where this is not the first. */
  readonly memory?: Memory;
}

/** What became of one document. Parts are absent from the stage on that could not be reached. */
export interface Compilation {
  readonly diagnostics: readonly Diagnostic[];
  readonly failed: boolean;
  /** Texts of all that was read, for whoever points into them. */
  readonly sources: ReadonlyMap<string, string>;
  readonly document?: Document;
  readonly api?: Api;
  readonly bound?: BoundApi;
  readonly files?: readonly PlannedFile[];
}

/** The whole way: read, lower, judge, and (with a runtime, and no error) generate. Writes nothing. */
export const compile = async (input: Input, options: CompileOptions): Promise<Compilation> => {
  const found = new Diagnostics();
  const { report } = found;
  const sources = new Map<string, string>();
  const document = await loadDocument(input, { ...options, sources }, report);
  if (!document) return { diagnostics: found.all, failed: true, sources };
  const allowed = createJudge(document, [...catalog, ...options.emitters.flatMap(({ diagnostics = [] }) => diagnostics)], options.levels, changeRules);
  const judge = (): readonly Diagnostic[] => allowed(found.all);

  const lowered = lowerApi(document, report);
  if (!lowered) return { diagnostics: judge(), failed: true, sources, document };
  const { moved, ...reached } = lowered;
  const emission = options.runtime && beginEmission(reached.api, { root: document.root, moved, targets: options.emitters.filter(({ runs }) => runs === 'target').map(({ name }) => name), runtime: options.runtime, suite: options.suite ?? new Map() }, options);
  await lint(reached.api, report, { stated: [...sources.values()].some((text) => text.includes('x-gateway')) });
  reportSupport(reached.api, options.emitters, report);
  for (const { judge: judgeTarget } of options.emitters) judgeTarget?.(reached.api, report);
  const judged = judge();
  if (hasErrors(judged) || !emission) return { diagnostics: judged, failed: hasErrors(judged), sources, document, ...reached };

  const files = await emission(report);
  const diagnostics = judge();
  return { diagnostics, failed: !files || hasErrors(diagnostics), sources, document, ...reached, ...(files ? { files } : {}) };
};

/** Letters of a text from which on it is held as its bytes: to make them once is cheaper than to make them for its hash and for the disk, and they are half as many where one character is rare. */
const large = 1_000_000;

/**
 * Has generators begin that run elsewhere: most documents that come so far have no error, and what is made of one that has is left. What is
 * answered runs the others, and gives the files of all.
 */
const beginEmission = (api: Api, settings: EmitSettings, { emitters, memory, elsewhere }: CompileOptions) => {
  const away = new Map(memory || !elsewhere ? [] : emitters.flatMap((emitter) => {
    const emitted = elsewhere(emitter, api, settings);
    return emitted ? [[emitter, emitted] as const] : [];
  }));
  return async (report: Report): Promise<PlannedFile[] | undefined> => {
    const keep = memory?.keep ?? keepNothing;
    const context = emitContext(settings, report, keep);
    const shared = memory?.share(api, settings) ?? api;
    const here = async ({ emit }: Emitter): Promise<Emitted> => {
      const made = await emit(shared, context);
      // A build that follows knows by the text what it has hashed; else that is done while others are still made elsewhere.
      return { files: memory ? [...made] : Array.from(made, (file) => (file.content.length > large ? held(toSend(file)) : { ...file, hash: hashOf(file.content) })), reported: [] };
    };
    const made = await Promise.all(emitters.map(async (emitter) => [emitter.name, await (away.get(emitter) ?? here(emitter))] as const));
    for (const [, { reported }] of made) reported.forEach(report);
    return collectFiles(made.map(([name, { files }]) => [name, files] as const), context.label, report, keep);
  };
};

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(({ level }) => level === 'error');
