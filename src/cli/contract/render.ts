import { count } from '../../base/text.js';
import { annotation } from '../../diagnostics/render/github.js';
import { countBy, total, type Count, type SuiteResult } from './results.js';

export const suiteFormats = ['terminal', 'json', 'junit', 'github'] as const;
export type SuiteFormat = (typeof suiteFormats)[number];

/** How a run was made, so that it can be made again; and where in files the places stand that it names. */
export interface RunFacts { readonly url: string; readonly seed: number; readonly stage: string; readonly lines: Readonly<Record<string, string>> }

/** What came of a suite, as text. */
export const renderSuite = (result: SuiteResult, facts: RunFacts, format: SuiteFormat): string => {
  switch (format) {
    case 'terminal': return terminal(result, facts);
    case 'json': return JSON.stringify({ url: facts.url, seed: facts.seed, stage: facts.stage, total: total(result), operations: Object.fromEntries(countBy(result.cases, 'operation')), promises: Object.fromEntries(countBy(result.cases, 'promise')), errors: result.errors, cases: result.cases }, null, 2);
    case 'junit': return junit(result, facts);
    case 'github': return github(result, facts);
  }
};

const terminal = (result: SuiteResult, { url, seed }: RunFacts): string => {
  const broken = result.cases.filter(({ outcome }) => outcome === 'broken');
  const reasons = new Map<string, number>();
  for (const { outcome, message = 'no reason given' } of result.cases) if (outcome === 'left-out') reasons.set(message, (reasons.get(message) ?? 0) + 1);
  const all = total(result);
  return [
    ...result.errors.map((message) => `could not run: ${message}\n`),
    ...broken.map(({ operation, promise, name, message = '' }) => `broken: ${operation} · ${promise} · ${name}\n${indent(message)}\n`),
    ...table('operation', countBy(result.cases, 'operation')), '', ...table('promise', countBy(result.cases, 'promise')), '',
    ...[...reasons].map(([reason, times]) => `left out (${times}): ${reason}`),
    `${all.broken === 0 && result.errors.length === 0 ? 'The API keeps its promises' : `${count(all.broken, 'promise')} broken`}: ${all.kept} kept${all.leftOut === 0 ? '' : `, ${all.leftOut} left out`}, at ${url}, seed ${seed}.`,
  ].join('\n');
};

const indent = (text: string): string => text.split('\n').map((line) => `  ${line}`).join('\n');

const table = (title: string, counts: ReadonlyMap<string, Count>): readonly string[] => {
  const width = Math.max(title.length, ...[...counts.keys()].map(({ length }) => length));
  const line = (name: string, kept: string, broken: string, leftOut: string): string => `${name.padEnd(width)} ${kept.padStart(6)} ${broken.padStart(7)} ${leftOut.padStart(9)}`;
  return [line(title, 'kept', 'broken', 'left out'), ...[...counts].map(([name, { kept, broken, leftOut }]) => line(name, String(kept), broken === 0 ? '' : String(broken), leftOut === 0 ? '' : String(leftOut)))];
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };
/** Text of an attribute or an element; what XML cannot say at all is left out. */
const xml = (text: string): string => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"\n]/g, (character) => entities[character] ?? character);

const junit = (result: SuiteResult, { url, seed }: RunFacts): string => {
  const operations = [...countBy(result.cases, 'operation')];
  const suites = operations.map(([operation, { kept, broken, leftOut }]) => {
    const cases = result.cases.filter((each) => each.operation === operation);
    const seconds = (ms: number): string => (ms / 1000).toFixed(3);
    return [
      `  <testsuite name="${xml(operation)}" tests="${kept + broken + leftOut}" failures="${broken}" skipped="${leftOut}" time="${seconds(cases.reduce((sum, { ms }) => sum + ms, 0))}">`,
      ...cases.map(({ promise, name, outcome, ms, at, message = '' }) => {
        const inside = outcome === 'broken' ? `<failure message="${xml(message.split('\n')[0] ?? '')}">${xml(message)}</failure>` : outcome === 'left-out' ? `<skipped message="${xml(message)}"/>` : '';
        return `    <testcase classname="${xml(`${operation}.${promise}`)}" name="${xml(name)}" file="${xml(at)}" time="${seconds(ms)}">${inside}</testcase>`;
      }),
      '  </testsuite>',
    ].join('\n');
  });
  const all = total(result);
  const errors = result.errors.map((message, index) => `  <testsuite name="could not run ${index + 1}" tests="1" errors="1"><testcase name="load"><error message="${xml(message)}"/></testcase></testsuite>`);
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="${xml(`contract at ${url}, seed ${seed}`)}" tests="${all.kept + all.broken + all.leftOut}" failures="${all.broken}" errors="${result.errors.length}" skipped="${all.leftOut}">`, ...suites, ...errors, '</testsuites>'].join('\n');
};

/** Each broken promise at the line that makes it. */
const github = ({ cases, errors }: SuiteResult, { lines }: RunFacts): string => [
  ...errors.map((message) => annotation('error', { title: 'contract' }, message)),
  ...cases.filter(({ outcome }) => outcome === 'broken').map(({ operation, promise, name, at, message = '' }) => {
    const [, file, line, col] = /^(.*?):(\d+):(\d+)/.exec(lines[at] ?? '') ?? [];
    return annotation('error', { ...(file === undefined ? {} : { file, line: line ?? '', col: col ?? '' }), title: `contract/${promise}` }, `${operation}: ${name}\n${message}`);
  }),
].join('');
