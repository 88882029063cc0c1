import { generators } from '../../generators/index.js';
import type { Origin } from '../base/origin.js';
import { catalog } from '../catalog.js';
import type { Compilation } from '../compile.js';
import type { Diagnostic } from '../diagnostics/define.js';
import type { Document, SourceFile } from '../document/document.js';
import { createLocator, type Locate } from '../diagnostics/locate.js';
import { byPlace } from '../diagnostics/order.js';
import { renderGithub } from '../diagnostics/render/github.js';
import { renderJson } from '../diagnostics/render/json.js';
import { renderSarif } from '../diagnostics/render/sarif.js';
import { renderTerminal } from '../diagnostics/render/terminal.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

export const formats = ['terminal', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

/** What is needed to show diagnostics. */
export interface Judged extends Pick<Compilation, 'diagnostics' | 'sources'> { readonly document?: Pick<Document, 'origins'> & { readonly files?: ReadonlyMap<string, Pick<SourceFile, 'format'>> } }

const merged = (compilations: readonly Judged[]): { readonly diagnostics: readonly Diagnostic[]; readonly locate: Locate } => {
  const locate = createLocator(
    new Map(compilations.flatMap(({ sources }) => [...sources])),
    new Map<string, Origin>(compilations.flatMap(({ document }) => [...(document?.origins ?? [])])),
    new Map(compilations.flatMap(({ document }) => [...(document?.files ?? [])])),
  );
  return { diagnostics: byPlace(compilations.flatMap(({ diagnostics }) => diagnostics), locate), locate };
};

/** What compilations reported, in a format. */
export const renderDiagnostics = (compilations: readonly Judged[], format: Format, terminal: Terminal): string => {
  const { diagnostics, locate } = merged(compilations);
  switch (format) {
    case 'terminal': return diagnostics.length === 0 ? '' : renderTerminal(diagnostics, locate, { colour: terminal.colour });
    case 'json': return renderJson(diagnostics, locate);
    case 'sarif': return renderSarif(diagnostics, locate, [...catalog, ...generators.flatMap(({ diagnostics: own = [] }) => own)], version);
    case 'github': return renderGithub(diagnostics, locate);
  }
};

/** The JSON report with more facts in it: still one document. */
export const resultJson = (compilations: readonly Judged[], facts: Readonly<Record<string, unknown>>): string => {
  const { diagnostics, locate } = merged(compilations);
  return JSON.stringify({ ...(JSON.parse(renderJson(diagnostics, locate)) as object), ...facts }, null, 2);
};

/** Whether the run fails: errors, and warnings too where they are denied. */
export const fails = (diagnostics: readonly Diagnostic[], denyWarnings: boolean): boolean =>
  diagnostics.some(({ level }) => level === 'error' || (denyWarnings && level === 'warning'));
