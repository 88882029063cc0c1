import { rules } from './rules.js';

/** What the rules may report. */
export const all = rules.flatMap(({ diagnostics }) => diagnostics);
