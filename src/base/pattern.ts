/**
 * The flags with which a pattern is read: `u`, as JSON Schema recommends, or none for the older patterns that
 * Unicode mode refuses (`\-` outside a class, a lone `{`); `undefined` when it is no regular expression at all.
 */
export const patternFlags = (pattern: string): 'u' | '' | undefined => {
  for (const flags of ['u', ''] as const) {
    try {
      new RegExp(pattern, flags);
      return flags;
    } catch {
      continue;
    }
  }
  return undefined;
};
