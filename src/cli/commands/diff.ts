import { sortBy } from '../../base/order.js';
import type { Compilation } from '../../compile.js';
import { createLocator, type Locate } from '../../diagnostics/locate.js';
import { byPlace } from '../../diagnostics/order.js';
import { renderGithub } from '../../diagnostics/render/github.js';
import { renderSarif } from '../../diagnostics/render/sarif.js';
import { renderTerminal } from '../../diagnostics/render/terminal.js';
import type { Change } from '../../diff/changes.js';
import { asDiagnostics, countChanges, countsText, renderChangesJson, verdicts, words } from '../../diff/render/changes.js';
import { renderChangelog, renderMarkdown } from '../../diff/render/markdown.js';
import { changeRules, verdictOf } from '../../diff/rules/index.js';
import type { Command } from '../command.js';
import { compareVersions, compileVersion, type ComparisonFlags } from '../comparison.js';
import { readConfig } from '../config.js';
import { stdinName } from '../options.js';
import { renderDiagnostics } from '../report.js';
import { exit, UsageError, type Terminal } from '../terminal.js';
import { version } from '../version.js';

const formats = ['terminal', 'markdown', 'json', 'sarif', 'github', 'changelog'] as const;
interface Arguments extends ComparisonFlags { readonly old: string; readonly new: string; readonly format: (typeof formats)[number]; readonly failOn?: 'breaking' | 'risky' }

export const diff = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => yargs
    .positional('old', { type: 'string', demandOption: true, describe: 'The older document: a file, `-`, or `git:REVISION:PATH`' })
    .positional('new', { type: 'string', demandOption: true, describe: 'The newer document, likewise' })
    .option('format', { choices: formats, default: 'terminal' as const, describe: 'How to print it; `markdown` for a pull request, `changelog` for those who call' })
    .option('fail-on', { choices: ['breaking', 'risky'] as const, describe: 'Fail where there is a change of this kind, or a worse one' })
    .option('overlay', { type: 'string', array: true, nargs: 1, describe: 'An OpenAPI Overlay to apply to both, each from where it is read; may be repeated' })
    .option('allow-root', { type: 'string', array: true, nargs: 1, describe: 'A folder that references may reach, beside the document\'s own' })
    .option('allow-host', { type: 'string', array: true, nargs: 1, describe: 'A host that referenced files may be fetched from' })
    .example('$0 diff git:main:openapi.yaml openapi.yaml --fail-on breaking', 'What CI runs')
    .example('$0 diff git:v1:openapi.yaml git:v2:openapi.yaml --format changelog', 'A changelog from two versions') as never,
  handler: async (flags) => {
    const cwd = process.cwd();
    if (flags.old === stdinName && flags.new === stdinName) throw new UsageError('Only one of the two can come over standard input.');
    const config = await readConfig(cwd);
    const [was, now] = await Promise.all([compileVersion(flags.old, flags, config, cwd), compileVersion(flags.new, flags, config, cwd)]);
    const changes = compareVersions(was, now, config, new Date().toISOString().slice(0, 10));
    if (!changes) {
      terminal.err(renderDiagnostics([was, now].filter(({ api }) => !api), 'terminal', terminal));
      process.exitCode = exit.shortfall;
      return;
    }
    for (const [name, { failed }] of [[flags.old, was], [flags.new, now]] as const) if (failed) terminal.err(`${name} has errors, which \`gatewright check\` tells; what could be understood of it is compared.`);
    terminal.out(render(changes, { was, now }, flags.format, terminal));
    const counts = countChanges(changes);
    const fails = flags.failOn !== undefined && (counts.breaking > 0 || (flags.failOn === 'risky' && counts.risky > 0));
    process.exitCode = fails ? exit.shortfall : exit.fine;
  },
});

/** Worst first, and of one verdict as one reads the newer document. */
const inOrder = (changes: readonly Change[], locate: Locate): readonly Change[] =>
  sortBy(byPlace(changes, locate), ({ level }) => String(verdicts.indexOf(verdictOf[level])));

const render = (found: readonly Change[], { was, now }: { readonly was: Compilation; readonly now: Compilation }, format: Arguments['format'], terminal: Terminal): string => {
  const locate: Locate = createLocator(new Map([...was.sources, ...now.sources]), new Map([...(was.document?.origins ?? []), ...(now.document?.origins ?? [])]));
  const changes = inOrder(found, locate);
  const diagnostics = asDiagnostics(changes);
  switch (format) {
    case 'terminal': return changes.length === 0 ? countsText(countChanges(changes)) : renderTerminal(diagnostics, locate, { colour: terminal.colour && process.stdout.isTTY, words, summary: countsText(countChanges(changes)) });
    case 'markdown': return renderMarkdown(changes, locate);
    case 'json': return renderChangesJson(changes, locate);
    case 'sarif': return renderSarif(diagnostics, locate, changeRules, version);
    case 'github': return renderGithub(diagnostics, locate);
    case 'changelog': return renderChangelog(changes, { was: was.api?.version ?? '', now: now.api?.version ?? '' });
  }
};
