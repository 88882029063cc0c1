/** What became of one case. */
export interface CaseResult {
  readonly operation: string;
  /** The kind of promise: `answers`, `refuses`, `throttle` … */
  readonly promise: string;
  readonly name: string;
  readonly outcome: 'kept' | 'broken' | 'left-out';
  readonly ms: number;
  /** Where the document promises it, and the line. */
  readonly at: string;
  /** Why it was left out, or what is broken: promise, request, answer. */
  readonly message?: string;
}

/** What became of a suite. */
export interface SuiteResult {
  readonly cases: readonly CaseResult[];
  /** What kept files from being run at all. */
  readonly errors: readonly string[];
}

export interface Count { readonly kept: number; readonly broken: number; readonly leftOut: number }

const count = (cases: readonly CaseResult[]): Count => ({
  kept: cases.filter(({ outcome }) => outcome === 'kept').length,
  broken: cases.filter(({ outcome }) => outcome === 'broken').length,
  leftOut: cases.filter(({ outcome }) => outcome === 'left-out').length,
});

/** Counts by something of the cases, in the order in which it first came. */
export const countBy = (cases: readonly CaseResult[], key: 'operation' | 'promise'): ReadonlyMap<string, Count> => {
  const names = [...new Set(cases.map((each) => each[key]))];
  return new Map(names.map((name) => [name, count(cases.filter((each) => each[key] === name))]));
};

export const total = ({ cases }: SuiteResult): Count => count(cases);

/** Whether nothing is broken, and something was tried. */
export const isGreen = (result: SuiteResult): boolean => result.errors.length === 0 && total(result).broken === 0 && total(result).kept > 0;
