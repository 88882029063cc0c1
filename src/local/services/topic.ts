import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { ServiceFailure } from './failure.js';
import type { MessageAttributes } from './queue.js';
import { recent } from './recent.js';

export interface NewNotice {
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
  readonly group?: string;
  readonly dedupe?: string;
}
export interface Notice extends NewNotice { readonly id: string; readonly at: number }

export interface Topic {
  readonly publish: (notice: NewNotice) => Notice;
  /** Told of each notice from now on. */
  readonly subscribe: (subscriber: (notice: Notice) => void) => void;
  readonly published: () => readonly Notice[];
  readonly clear: () => void;
}

const bytes = 262_144;
const wrong = (what: string): ServiceFailure => new ServiceFailure('InvalidParameter', `Invalid parameter: ${what}`);

/** A topic as SNS keeps one: who subscribed is told; nothing is kept but for the eyes of a person. */
export const createTopic = ({ fifo }: { readonly fifo: boolean }, clock: Clock): Topic => {
  const published: Notice[] = [];
  const subscribers: ((notice: Notice) => void)[] = [];
  const taken = recent<Notice>(clock);
  const add = (notice: NewNotice): Notice => {
    const added = { ...notice, id: randomUUID(), at: clock.now() };
    published.push(added);
    for (const tell of subscribers) tell(added);
    return added;
  };
  return {
    publish: (notice) => {
      if (notice.message === '') throw wrong('Empty message');
      if (Buffer.byteLength(notice.message) > bytes) throw wrong('Message too long');
      // The first character a letter, number or mark, no control characters, under 100 in all (SNS API reference, Publish).
      if (notice.subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(notice.subject)) throw wrong('Subject');
      if (!fifo) return add(notice);
      if (!notice.group) throw wrong('The MessageGroupId parameter is required for FIFO topics');
      if (!notice.dedupe) throw wrong('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
      return taken.once(notice.dedupe, () => add(notice));
    },
    subscribe: (subscriber) => { subscribers.push(subscriber); },
    published: () => published,
    clear: () => {
      published.length = 0;
      taken.clear();
    },
  };
};
