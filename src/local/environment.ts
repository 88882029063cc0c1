/** What was set here, so that a second gateway in the process, or another document, may set it anew. */
const lent = new Map<string, string>();

/** A variable as the developer set it; nothing where it is ours. */
export const ownVariable = (name: string): string | undefined => (lent.has(name) && lent.get(name) === process.env[name] ? undefined : process.env[name]);

/** Sets variables for handlers, which run in this process. What the developer set stays, so that real services can be used. */
export const lend = (variables: ReadonlyMap<string, string>): void => {
  for (const [name, value] of variables) {
    if (ownVariable(name) !== undefined) continue;
    process.env[name] = value;
    lent.set(name, value);
  }
};

/** Takes back what was set here and is still as it was. */
export const takeBack = (variables: ReadonlyMap<string, string>): void => {
  for (const [name, value] of variables) {
    if (lent.get(name) !== value || process.env[name] !== value) continue;
    delete process.env[name];
    lent.delete(name);
  }
};
