import { posix } from 'node:path';
import type { BoundApi } from './bind/bind.js';
import { createJudge, type RuleLevel } from './bind/allowances.js';
import type { Origin } from './base/origin.js';
import { catalog } from './catalog.js';
import { Diagnostics } from './diagnostics/collect.js';
import type { Diagnostic } from './diagnostics/define.js';
import { changeRules } from './diff/rules/index.js';
import type { Document } from './document/document.js';
import type { EmitContext, Emitter } from './emit/emitter.js';
import { keepNothing, type Memory } from './emit/memory.js';
import { collectFiles, type PlannedFile } from './emit/plan.js';
import { reportSupport } from './emit/support.js';
import type { Api } from './ir/index.js';
import { lint } from './lint/lint.js';
import { loadDocument, type Input } from './load/load.js';
import type { LoadOptions } from './load/options.js';
import { lowerApi, type Lowered } from './lower/api.js';
import { placeIn } from './lower/public-document.js';

export interface CompileOptions extends Omit<LoadOptions, 'sources'> {
  /** What runs, and so what the document is held against. */
  readonly emitters: readonly Emitter[];
  /** Levels that the project gives to codes. */
  readonly levels?: ReadonlyMap<string, RuleLevel>;
  /** Sources of the runtime that generated code carries, by file name. Without them nothing is generated. */
  readonly runtime?: ReadonlyMap<string, string>;
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
  await lint(reached.api, report, { stated: [...sources.values()].some((text) => text.includes('x-gateway')) });
  reportSupport(reached.api, options.emitters, report);
  for (const { judge: judgeTarget } of options.emitters) judgeTarget?.(reached.api, report);
  const judged = judge();
  if (hasErrors(judged) || !options.runtime) return { diagnostics: judged, failed: hasErrors(judged), sources, document, ...reached };

  const files = generate(reached.api, { root: document.root, moved, runtime: options.runtime, suite: options.suite ?? new Map() }, options, report);
  const diagnostics = judge();
  return { diagnostics, failed: !files || hasErrors(diagnostics), sources, document, ...reached, ...(files ? { files } : {}) };
};

/** What files depend on besides the API. */
interface Surroundings extends Pick<Lowered, 'moved'>, Pick<EmitContext, 'runtime' | 'suite'> { readonly root: string }

const generate = (api: Api, surroundings: Surroundings, { emitters, memory }: CompileOptions, report: Diagnostics['report']): PlannedFile[] | undefined => {
  const { root, runtime, suite } = surroundings;
  const label = labeller(surroundings);
  const keep = memory?.keep ?? keepNothing;
  const context: EmitContext = { specName: posix.basename(root), label, report, runtime, suite, keep, targets: emitters.filter(({ runs }) => runs === 'target').map(({ name }) => name) };
  const shared = memory?.share(api, [surroundings, context.targets]) ?? api;
  return collectFiles(emitters.map((emitter) => [emitter.name, emitter.emit(shared, context)] as const), label, report, keep);
};

/** Places as generated comments name them: relative to the document's own folder, wherever the command runs, and the same in whichever file a part is kept. */
const labeller = ({ root, moved }: Surroundings): ((origin: Origin) => string) => {
  const folder = posix.dirname(root);
  const names = new Map([['', 'the built-in defaults']]);
  return (origin) => {
    const { file, pointer } = placeIn(root, moved, origin);
    const name = names.get(file) ?? posix.relative(folder, file);
    names.set(file, name);
    return file === '' ? name : `${name}#${pointer}`;
  };
};

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(({ level }) => level === 'error');
