/** What a change does: it breaks who relies on what was promised, it may surprise them, or nobody needs to do anything. */
export type Verdict = 'breaking' | 'risky' | 'safe';

/** Name → how much it matters, and one line for lists. The code of a rule is `diff/NAME`, and so is its page. */
export type RuleTable = Readonly<Record<string, readonly [verdict: Verdict, title: string]>>;
