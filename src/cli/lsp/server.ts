import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
// The protocol's own libraries: what editors send, and how their texts change, is theirs to know.
import { createConnection, DiagnosticSeverity, ProposedFeatures, TextDocumentSyncKind, TextDocuments, type Diagnostic as Shown } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Level } from '../../diagnostics/define.js';
import type { Api } from '../../ir/index.js';
import { UsageError } from '../terminal.js';
import { analyse, isDocument, type Analysis } from './analysis.js';
import { completionsAt } from './completion.js';
import { fixesOf } from './fixes.js';
import { handlerOf, operationAt, policyText } from './hover.js';

/** How long typing must rest before a document is read again, in milliseconds. */
const settle = 150;
const severities: Readonly<Record<Level, DiagnosticSeverity>> = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, note: DiagnosticSeverity.Information };

/** Nothing for a text that was never saved, or is shown out of somewhere else: what it refers to stands in no folder. */
const pathFrom = (uri: string): string | undefined => (uri.startsWith('file:') ? fileURLToPath(uri) : undefined);

/** Serves one editor, until it goes. `cwd`: where the configuration is, unless the editor names its folder. */
export const serveEditor = (cwd: string): Promise<never> => new Promise(() => {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  const documents = new TextDocuments(TextDocument);
  const analyses = new Map<string, Analysis>();
  /** What each document meant when it last meant something: while a line is typed, it does not. */
  const understood = new Map<string, Api>();
  const told = new Map<string, readonly string[]>();
  let folder = cwd;
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;

  const openText = (path: string): string | undefined => documents.get(pathToFileURL(path).href)?.getText();
  const analysisOf = (path: string): Analysis | undefined => analyses.get(path) ?? [...analyses.values()].find(({ compilation, pathOf }) => [...compilation.sources.keys()].some((file) => pathOf(file) === path));

  const publish = (root: string, analysis: Analysis): void => {
    const { compilation, locate, pathOf } = analysis;
    const byFile = new Map<string, Shown[]>([[root, []], ...(told.get(root) ?? []).map((path): [string, Shown[]] => [path, []])]);
    for (const { code, level, message, help, at, key, related } of compilation.diagnostics) {
      const rangeOf = (place: ReturnType<typeof locate>): Shown['range'] => ({ start: { line: place.line - 1, character: place.column - 1 }, end: { line: place.line - 1, character: place.endColumn - 1 } });
      const place = locate(at, key);
      const path = at.file === '' ? root : pathOf(place.file);
      byFile.set(path, [...(byFile.get(path) ?? []), {
        code, source: 'gatewright', severity: severities[level], message: help === undefined ? message : `${message}\n${help}`, range: rangeOf(place),
        relatedInformation: related.map((one) => ({ message: one.message, location: { uri: pathToFileURL(pathOf(locate(one.at).file)).href, range: rangeOf(locate(one.at)) } })),
      }]);
    }
    for (const [path, diagnostics] of byFile) void connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
    told.set(root, [...byFile.keys()]);
  };

  const look = async (): Promise<void> => {
    const turn = ++looks;
    for (const document of documents.all()) {
      const path = pathFrom(document.uri);
      if (path === undefined || !isDocument(document.getText())) continue;
      try {
        const analysis = await analyse(path, folder, openText);
        // Typed on meanwhile: what was found is of an older text, and the next look tells.
        if (turn !== looks) return;
        if (!analysis) continue;
        analyses.set(path, analysis);
        if (analysis.compilation.api) understood.set(path, analysis.compilation.api);
        publish(path, analysis);
      } catch (error) {
        // A fault of the configuration is the configuration's to show, and no reason to leave the editor alone.
        if (!(error instanceof UsageError)) throw error;
        connection.console.error(error.message);
      }
    }
  };

  connection.onInitialize(({ rootUri }) => {
    if (typeof rootUri === 'string' && rootUri.startsWith('file:')) folder = fileURLToPath(rootUri);
    return { capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, hoverProvider: true, definitionProvider: true, completionProvider: { triggerCharacters: ['$', '.'] }, codeActionProvider: { codeActionKinds: ['quickfix'] } }, serverInfo: { name: 'gatewright' } };
  });
  documents.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void look().catch((error: unknown) => connection.console.error(`This is a bug of gatewright, not of your document: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)), settle);
  });
  documents.onDidClose(({ document }) => {
    const path = pathFrom(document.uri) ?? '';
    for (const file of told.get(path) ?? []) void connection.sendDiagnostics({ uri: pathToFileURL(file).href, diagnostics: [] });
    told.delete(path);
    analyses.delete(path);
    understood.delete(path);
  });

  const pointed = (uri: string, line: number): { readonly analysis: Analysis; readonly operation: NonNullable<ReturnType<typeof operationAt>> } | undefined => {
    const path = pathFrom(uri);
    if (path === undefined) return undefined;
    const analysis = analysisOf(path);
    const text = documents.get(uri)?.getText().split(/\r?\n/)[line] ?? '';
    const operation = analysis && operationAt(analysis, path, line + 1, text);
    return analysis && operation && { analysis, operation };
  };
  connection.onHover(({ textDocument, position }) => {
    const found = pointed(textDocument.uri, position.line);
    return found ? { contents: { kind: 'markdown', value: policyText(found.analysis, found.operation) } } : null;
  });
  connection.onCompletion(({ textDocument, position }) => {
    const path = pathFrom(textDocument.uri);
    const text = documents.get(textDocument.uri)?.getText();
    return text === undefined ? [] : [...completionsAt(text.split(/\r?\n/), position, path === undefined ? undefined : understood.get(path))];
  });
  connection.onDefinition(({ textDocument, position }) => {
    const found = pointed(textDocument.uri, position.line);
    const file = found && handlerOf(found.analysis, found.operation);
    const path = found && file !== undefined ? join(found.analysis.project.out, file) : undefined;
    if (path === undefined || !existsSync(path)) return null;
    const start = { line: 0, character: 0 };
    return { uri: pathToFileURL(path).href, range: { start, end: start } };
  });
  connection.onCodeAction(({ textDocument, context }) => {
    const lines = documents.get(textDocument.uri)?.getText().split(/\r?\n/) ?? [];
    return context.diagnostics.filter(({ source }) => source === 'gatewright').flatMap((diagnostic) =>
      fixesOf({ code: String(diagnostic.code), message: String(diagnostic.message) }, diagnostic.range, lines).map(({ title, range, text }) => ({
        title, kind: 'quickfix', diagnostics: [diagnostic], isPreferred: true, edit: { changes: { [textDocument.uri]: [{ range, newText: text }] } },
      })));
  });
  connection.onShutdown(() => undefined);
  documents.listen(connection);
  connection.listen();
});
