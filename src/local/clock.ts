/** Time as everything here sees it, so that a test can let an hour pass at once. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Done when so many milliseconds have passed; at once for none. A wait never keeps the process alive. */
  readonly wait: (ms: number) => Promise<void>;
}

/** A clock that runs as the real one does, and can be put forward. */
export interface TestClock extends Clock {
  /** Lets milliseconds pass: whatever was waited for meanwhile is over. */
  readonly advance: (ms: number) => void;
  /** Lets no time pass but what it is put forward by. */
  readonly hold: () => void;
  /** Real time again. */
  readonly reset: () => void;
}

export const realClock: Clock = {
  now: Date.now,
  wait: (ms) => new Promise((resolve) => {
    if (ms <= 0) return resolve();
    setTimeout(resolve, ms).unref();
  }),
};

export const testClock = (base: () => number = Date.now): TestClock => {
  const waiting = new Set<{ readonly due: number; readonly wake: () => void }>();
  let ahead = 0;
  let held: number | undefined;
  const now = (): number => (held ?? base()) + ahead;
  return {
    now,
    wait: (ms) => new Promise((resolve) => {
      if (ms <= 0) return resolve();
      const timer = setTimeout(() => sleeper.wake(), ms).unref();
      const sleeper = {
        due: now() + ms,
        wake: () => {
          clearTimeout(timer);
          waiting.delete(sleeper);
          resolve();
        },
      };
      waiting.add(sleeper);
    }),
    advance: (ms) => {
      ahead += ms;
      for (const sleeper of [...waiting].filter(({ due }) => due <= now()).sort((a, b) => a.due - b.due)) sleeper.wake();
    },
    hold: () => { held ??= base(); },
    reset: () => {
      ahead = 0;
      held = undefined;
    },
  };
};
