import type { Clock } from '../clock.js';
import type { Feed } from './feeds.js';

export interface Runner {
  /** Delivers what is due, of one resource or of all, until nothing is; how many batches there were. */
  readonly work: (source?: string) => Promise<number>;
  /** Something may be due now. */
  readonly wake: () => void;
  readonly close: () => void;
}

/** Runs workers: by themselves as soon as something is due, or only when asked. */
export const createRunner = (feeds: readonly Feed[], clock: Clock, automatic: boolean): Runner => {
  let closed = false;
  let latest = 0;
  const turns = new Map<Feed, Promise<number>>();
  /** One after the other: what has an order must not be delivered by two at once. */
  const drain = (feed: Feed): Promise<number> => {
    const turn = (turns.get(feed) ?? Promise.resolve(0)).then(async () => {
      let batches = 0;
      while (!closed && await feed.run()) batches += 1;
      return batches;
    });
    turns.set(feed, turn);
    return turn;
  };
  const work = async (source?: string): Promise<number> =>
    (await Promise.all(feeds.filter((feed) => source === undefined || feed.source === source).map(drain))).reduce((sum, batches) => sum + batches, 0);
  const wake = (): void => {
    if (!automatic || closed) return;
    latest += 1;
    const turn = latest;
    void work().then(async () => {
      const times = feeds.flatMap((feed) => feed.nextAt() ?? []);
      if (closed || turn !== latest || times.length === 0) return;
      await clock.wait(Math.max(10, Math.min(...times) - clock.now()));
      if (turn === latest) wake();
    });
  };
  return { work, wake, close: () => { closed = true; } };
};
