// The shapes that make backtracking expensive are known to a library that the rules of eslint for them stand on, too. This module is loaded where there is one to judge.
import { analyse } from 'scslre';
import { patternFlags } from '../base/pattern.js';

/** What all patterns of one document may cost to judge, in the unit of `costOf`; some three seconds at the worst. */
const mostCost = 60_000;

/** The analysis takes time by the cube of the parts that repeat without an end, where they stand within one another. */
const costOf = (pattern: string): number => (pattern.match(/[*+]|\{\d+,\}/g)?.length ?? 0) ** 3;

/** Judges patterns of one document; `undefined` where one is too large to be judged. */
export const patternJudge = (): ((pattern: string) => boolean | undefined) => {
  const known = new Map<string, boolean | undefined>();
  let left = mostCost;
  return (pattern) => {
    if (!known.has(pattern)) {
      const cost = costOf(pattern);
      known.set(pattern, cost > left ? undefined : isExponential(pattern));
      left -= Math.min(cost, left);
    }
    return known.get(pattern);
  };
};

/** Whether a pattern has two ways to match the same text, one within the other (a static analysis: nothing is run). What is no pattern has none. */
const isExponential = (source: string): boolean | undefined => {
  const flags = patternFlags(source);
  try {
    return flags !== undefined && analyse({ source, flags }).reports.some(({ exponential }) => exponential);
  } catch (error) {
    // Its parser calls itself for each group.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
