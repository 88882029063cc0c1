import { list } from '../../base/text.js';
import type { Diagnostic, Level } from '../define.js';
import type { Locate, Location } from '../locate.js';
import { summarise, summaryText } from '../summary.js';
import { printable } from './printable.js';

export interface TerminalOptions {
  readonly colour: boolean;
  /** Diagnostics of one code that are shown in full; the places of the others are listed. */
  readonly inFull?: number;
  /** What the levels are called; their own names unless said. */
  readonly words?: Readonly<Record<Level, string>>;
  /** The last line; how many there are of each level unless said. */
  readonly summary?: string;
}

const widestLine = 160;
const listedMessages = 12;
const listedPlaces = 12;
const colours: Readonly<Record<Level | 'frame' | 'strong', string>> = { error: '1;31', warning: '1;33', note: '1;36', frame: '1;34', strong: '1' };
const levels: readonly Level[] = ['error', 'warning', 'note'];
const own: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'note' };

/** Diagnostics for people, in the order given but errors first, each with its line and what to do; many of one code are drawn together. Ends in a summary. */
export const renderTerminal = (diagnostics: readonly Diagnostic[], locate: Locate, { colour, inFull = 3, words = own, summary = summaryText(summarise(diagnostics)) }: TerminalOptions): string => {
  const paint: Paint = (style, text) => (colour ? `\u001b[${colours[style]}m${text}\u001b[0m` : text);
  const groups = new Map<string, Diagnostic[]>();
  for (const level of levels) {
    for (const diagnostic of diagnostics) {
      if (diagnostic.level !== level) continue;
      const key = `${level} ${diagnostic.code}`;
      groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
    }
  }
  const blocks = [...groups.values()].flatMap((group) => {
    // One more than fits is shown rather than counted.
    const shown = group.length <= inFull + 1 ? group : group.slice(0, inFull);
    const rest = group.slice(shown.length);
    return [...shown.map((diagnostic) => block(diagnostic, locate, paint, words)), ...(rest.length === 0 ? [] : [others(rest, locate, paint, words)])];
  });
  return summary === '' ? '' : `${[...blocks, paint('strong', summary)].join('\n\n')}\n`;
};

type Paint = (style: keyof typeof colours, text: string) => string;

const block = (diagnostic: Diagnostic, locate: Locate, paint: Paint, words: Readonly<Record<Level, string>>): string => {
  const place = locate(diagnostic.at, diagnostic.key);
  const related = diagnostic.related.map((one) => ({ message: one.message, place: locate(one.at) }));
  const margin = ' '.repeat(Math.max(...[place, ...related.map((one) => one.place)].map(({ line }) => String(line).length)));
  return [
    `${paint(diagnostic.level, `${words[diagnostic.level]}[${diagnostic.code}]`)}${paint('strong', `: ${printable(diagnostic.message)}`)}`,
    ...excerpt(place, margin, diagnostic.level, '', paint),
    ...related.flatMap((one) => excerpt(one.place, margin, 'note', one.message, paint)),
    ...(diagnostic.help === undefined ? [] : [`${margin} ${paint('frame', '=')} ${paint('strong', 'help')}: ${printable(diagnostic.help)}`]),
  ].join('\n');
};

/** The place, its line, and a caret under what is meant. */
const excerpt = (place: Location, margin: string, level: Level, label: string, paint: Paint): string[] => {
  const head = `${margin}${paint('frame', label === '' ? '-->' : ':::')} ${printable(placeText(place))}`;
  if (place.lineText === undefined) return [label === '' ? head : `${head} ${printable(label)}`];
  const { text, column, width } = windowed(place);
  const bar = paint('frame', '|');
  return [
    head,
    `${margin} ${bar}`,
    `${paint('frame', String(place.line).padStart(margin.length))} ${bar} ${text}`,
    `${margin} ${bar} ${' '.repeat(column)}${paint(level, `${'^'.repeat(width)}${label === '' ? '' : ` ${printable(label)}`}`)}`,
  ];
};

/** The part of a long line that is pointed at, with what cannot be printed made visible. */
const windowed = (place: Location): { text: string; column: number; width: number } => {
  const line = place.lineText ?? '';
  const start = place.column - 1 > widestLine - 40 ? place.column - 41 : 0;
  const before = printable(line.slice(start, place.column - 1));
  const marked = printable(line.slice(place.column - 1, place.endColumn - 1));
  const lead = start > 0 ? '…' : '';
  const whole = `${lead}${before}${marked}${printable(line.slice(place.endColumn - 1))}`.trimEnd();
  const column = lead.length + before.length;
  return { text: whole.length > widestLine ? `${whole.slice(0, widestLine)}…` : whole, column, width: Math.max(1, Math.min(marked.length, widestLine - column)) };
};

/** What is not shown in full: a line each as far as they fit, then places, then a number. */
const others = (rest: readonly Diagnostic[], locate: Locate, paint: Paint, words: Readonly<Record<Level, string>>): string => {
  const [first] = rest as readonly [Diagnostic];
  const head = `${paint(first.level, `${words[first.level]}[${first.code}]`)}${paint('strong', `: and ${rest.length} more`)}`;
  const lines = rest.slice(0, listedMessages).map((diagnostic) => `  ${printable(placeText(locate(diagnostic.at, diagnostic.key)))}  ${printable(diagnostic.message)}`);
  const byFile = new Map<string, number[]>();
  for (const diagnostic of rest.slice(listedMessages)) {
    const { file, line } = locate(diagnostic.at, diagnostic.key);
    byFile.set(file, [...(byFile.get(file) ?? []), line]);
  }
  const places = [...byFile].map(([file, all]) => {
    const shown = all.slice(0, listedPlaces).map(String);
    return `  ${printable(file)} ${all.length === 1 ? 'line' : 'lines'} ${all.length > listedPlaces ? `${shown.join(', ')}, …` : list(shown)}`;
  });
  return [head, ...lines, ...places].join('\n');
};

const placeText = ({ file, line, column }: Location): string => `${file === '' ? '<built-in>' : file}:${line}:${column}`;
