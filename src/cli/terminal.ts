/** Where output goes, and how it may look there. Results go to stdout, everything else to stderr. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly colour: boolean;
  /** One line that replaces itself while work goes on; nothing in a pipe. */
  readonly progress: (text: string) => void;
  readonly width: number;
}

export const createTerminal = (): Terminal => {
  const colour = process.stderr.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  let pending = false;
  const clear = (): void => {
    if (pending) process.stderr.write('\r\u001b[2K');
    pending = false;
  };
  return {
    out: (text) => {
      clear();
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    err: (text) => {
      clear();
      process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    colour,
    progress: (text) => {
      if (process.stderr.isTTY !== true) return;
      clear();
      process.stderr.write(`  ${text} …`);
      pending = true;
    },
    width: process.stderr.columns ?? 100,
  };
};

/** A fault in how the command was called: exit 2. */
export class UsageError extends Error {}

export const exit = { fine: 0, shortfall: 1, usage: 2, bug: 70 } as const;
