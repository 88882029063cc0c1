import type { Origin } from '../../base/origin.js';
import type { Locate } from '../../diagnostics/locate.js';
import { printable } from '../../diagnostics/render/printable.js';
import type { Change } from '../changes.js';
import { verdictOf, type Verdict } from '../rules/index.js';
import { countChanges, countsText, routesText, verdicts } from './changes.js';

/** Text of a document where Markdown is read: nothing in it is a link, an image, a mention or a tag. */
const plain = (text: string): string => printable(text).replace(/[\\`*_{}[\]()#+!|<>&@~$:-]/g, (mark) => (mark === '@' ? '@\u2060' : mark === ':' || mark === '-' || mark === '(' || mark === ')' ? mark : `\\${mark}`));

/** A sentence with parts in back quotes. Whatever a name has of them, each part is either code or plain. */
const sentence = (text: string): string => text.split('`').map((part, index) => (index % 2 === 1 ? code(part) : plain(part))).join('');
const code = (text: string): string => (text === '' ? '' : `\`${printable(text).replaceAll('`', 'ˋ')}\``);

const headings: Readonly<Record<Verdict, string>> = { breaking: 'Breaking', risky: 'Risky', safe: 'Safe' };

const of = (changes: readonly Change[], verdict: Verdict): readonly Change[] => changes.filter(({ level }) => verdictOf[level] === verdict);

/** A comment on a pull request: a table first, then every change, folded. */
export const renderMarkdown = (changes: readonly Change[], locate: Locate): string => {
  const counts = countChanges(changes);
  if (changes.length === 0) return '### API changes\n\nNo change of the API or its policy.\n';
  const place = (origin: Origin): string => {
    const { file, line } = locate(origin);
    return code(`${file}:${line}`);
  };
  const item = (change: Change): string => {
    const routes = routesText(change);
    return `- ${sentence(change.message)}${routes === undefined ? '' : ` (${plain(routes)})`}  \n  ${code(change.code)}, ${place(change.at)}, was ${place(change.was)}`;
  };
  const used = verdicts.filter((verdict) => counts[verdict] > 0);
  return [
    '### API changes',
    ['| verdict | changes |', '| --- | --- |', ...used.map((verdict) => `| ${headings[verdict]} | ${counts[verdict]} |`)].join('\n'),
    ...used.map((verdict) => [`<details${verdict === 'breaking' ? ' open' : ''}><summary>${headings[verdict]}</summary>`, of(changes, verdict).map(item).join('\n'), '</details>'].join('\n\n')),
  ].join('\n\n') + '\n';
};

const chapters: Readonly<Record<Verdict, string>> = { breaking: 'Breaking', risky: 'Worth a look', safe: 'Compatible' };

/** What changed from one version to the next, for whoever calls the API. */
export const renderChangelog = (changes: readonly Change[], versions: { readonly was: string; readonly now: string }): string => {
  const item = (change: Change): string => {
    const routes = routesText(change);
    return `- ${sentence(change.message)}${routes === undefined ? '' : ` (${plain(routes)})`}`;
  };
  const head = `## ${plain(versions.now)}\n\nSince ${plain(versions.was)}: ${countsText(countChanges(changes))}.`;
  return [head, ...verdicts.flatMap((verdict) => {
    const all = of(changes, verdict);
    return all.length === 0 ? [] : [`### ${chapters[verdict]}\n\n${[...new Set(all.map(item))].join('\n')}`];
  })].join('\n\n') + '\n';
};
