// What makes backtracking expensive is in the grammar of patterns, which a library reads; its author's other rules for patterns stand on it, too. This module is loaded where there is a pattern to judge.
import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp';
import { patternFlags } from '../base/pattern.js';
import { isExponential, type Budget } from './ambiguity.js';

/** What all patterns of one document may cost to judge; some two seconds at the worst. */
const mostPairs = 3_000_000;

/** Judges patterns of one document; `undefined` where one is too large to be judged. */
export const patternJudge = (): ((pattern: string) => boolean | undefined) => {
  const parser = new RegExpParser();
  const budget: Budget = { left: mostPairs };
  const known = new Map<string, boolean | undefined>();
  return (pattern) => {
    if (!known.has(pattern)) known.set(pattern, verdictOf(parser, pattern, budget));
    return known.get(pattern);
  };
};

/** A static analysis: nothing is run. What is no pattern takes no time. */
const verdictOf = (parser: RegExpParser, source: string, budget: Budget): boolean | undefined => {
  const flags = patternFlags(source);
  if (flags === undefined) return false;
  try {
    const pattern = parser.parsePattern(source, 0, source.length, { unicode: flags === 'u' });
    const parts: Pick<AST.Pattern, 'alternatives'>[] = [pattern];
    visitRegExpAST(pattern, { onAssertionEnter: (assertion) => { if ('alternatives' in assertion) parts.push(assertion); } });
    const read = parser.parseFlags(flags);
    const verdicts = parts.map((part) => isExponential(part, read, budget));
    return verdicts.includes(true) || (verdicts.includes(undefined) ? undefined : false);
  } catch (error) {
    // Its parser calls itself for each group.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
