import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { ServiceFailure } from './failure.js';
import { recent } from './recent.js';

/** An attribute of a message, as SQS and SNS type it. */
export interface MessageAttribute { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }
export type MessageAttributes = { readonly [name: string]: MessageAttribute };

export interface NewMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly delayMs?: number;
  readonly group?: string;
  readonly dedupe?: string;
}

export interface QueuedMessage extends NewMessage {
  readonly id: string;
  /** Twenty digits, growing; in queues with an order. */
  readonly sequence?: string;
  readonly sentAt: number;
  /** Nobody gets it before. */
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt?: number;
  /** By which the receiver names it; another one for each time that it is received. */
  readonly receipt?: string;
}

export interface QueueSettings { readonly fifo: boolean; readonly visibilityMs: number; readonly deadLetterAfter?: number | undefined }

export interface Queue {
  readonly settings: QueueSettings;
  /** Where what fails for good goes, if anywhere. */
  readonly deadLetters?: Queue;
  readonly send: (message: NewMessage) => QueuedMessage;
  readonly receive: (most: number, visibilityMs?: number) => readonly QueuedMessage[];
  readonly remove: (receipt: string) => void;
  /** Hides a message for so long from now; 0 gives it back. */
  readonly hide: (receipt: string, ms: number) => void;
  /** When the next message can be had; nothing where there is none. */
  readonly nextAt: () => number | undefined;
  readonly messages: () => readonly QueuedMessage[];
  readonly clear: () => void;
}

/** Quotas of SQS: a message's size, how long it is kept, how long it may be put off. */
const quotas = { bytes: 1_048_576, retentionMs: 4 * 86_400_000, delayMs: 900_000 } as const;

const wrong = (message: string): ServiceFailure => new ServiceFailure('InvalidParameterValue', message);

/** A queue as SQS keeps one: at least once, hidden while somebody has it, in order within a group where it is `fifo`. */
export const createQueue = (settings: QueueSettings, clock: Clock, deadLetters?: Queue): Queue => {
  let kept: readonly QueuedMessage[] = [];
  let counter = 0n;
  const taken = recent<QueuedMessage>(clock);
  const replace = (id: string, next: QueuedMessage | undefined): void => {
    kept = kept.flatMap((message) => (message.id === id ? (next ? [next] : []) : [message]));
  };
  const add = (message: NewMessage): QueuedMessage => {
    const now = clock.now();
    counter += 1n;
    const added: QueuedMessage = { ...message, id: randomUUID(), sentAt: now, visibleAt: now + (message.delayMs ?? 0), receives: 0, ...(settings.fifo ? { sequence: (10n ** 19n + counter).toString() } : {}) };
    kept = [...kept, added];
    return added;
  };
  /** While somebody has a message, all others of its group wait, those that were sent before it too. */
  const waiting = (now: number): readonly QueuedMessage[] => {
    const blocked = new Set(settings.fifo ? kept.filter(({ visibleAt }) => visibleAt > now).map(({ group }) => group) : []);
    return kept.filter(({ group, visibleAt }) => visibleAt <= now && !blocked.has(group));
  };
  const held = (receipt: string): QueuedMessage | undefined => {
    const [id, count] = receipt.split('#');
    if (count === undefined || !/^\d+$/.test(count)) throw new ServiceFailure('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
    const message = kept.find((each) => each.id === id);
    if (message && settings.fifo && (message.receipt !== receipt || message.visibleAt <= clock.now())) throw wrong('The receipt handle has expired.');
    return message;
  };
  return {
    settings,
    ...(deadLetters ? { deadLetters } : {}),
    send: (message) => {
      if (message.body === '') throw new ServiceFailure('MissingParameter', 'The request must contain the parameter MessageBody.');
      if (Buffer.byteLength(message.body) > quotas.bytes) throw wrong(`A message must be shorter than ${quotas.bytes} bytes.`);
      const { delayMs = 0, group, dedupe } = message;
      if (!Number.isFinite(delayMs) || delayMs < 0 || delayMs > quotas.delayMs) throw wrong('A message may be put off by 0 to 900 seconds.');
      if (!settings.fifo) return add(message);
      if (delayMs > 0) throw wrong('The request includes a parameter that is not valid for this queue type: DelaySeconds.');
      if (group === undefined || group === '') throw new ServiceFailure('MissingParameter', 'The request must contain the parameter MessageGroupId.');
      if (dedupe === undefined || dedupe === '') throw wrong('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.');
      return taken.once(dedupe, () => add(message));
    },
    receive: (most, visibilityMs = settings.visibilityMs) => {
      const now = clock.now();
      kept = kept.filter(({ sentAt }) => sentAt + quotas.retentionMs > now);
      const received: QueuedMessage[] = [];
      for (const message of waiting(now)) {
        if (received.length === most) break;
        if (deadLetters && settings.deadLetterAfter !== undefined && message.receives >= settings.deadLetterAfter) {
          replace(message.id, undefined);
          deadLetters.send({ ...message, delayMs: 0, ...(settings.fifo ? { dedupe: message.id } : {}) });
          continue;
        }
        const receives = message.receives + 1;
        const next = { ...message, receives, visibleAt: now + visibilityMs, firstReceivedAt: message.firstReceivedAt ?? now, receipt: `${message.id}#${receives}` };
        replace(message.id, next);
        received.push(next);
      }
      return received;
    },
    remove: (receipt) => {
      const message = held(receipt);
      if (message) replace(message.id, undefined);
    },
    hide: (receipt, ms) => {
      const message = held(receipt);
      if (!message || message.visibleAt <= clock.now()) throw new ServiceFailure('MessageNotInflight', 'The message referred to is not in flight.');
      replace(message.id, { ...message, visibleAt: clock.now() + ms });
    },
    nextAt: () => {
      const now = clock.now();
      if (waiting(now).length > 0) return now;
      const later = kept.map(({ visibleAt }) => visibleAt).filter((time) => time > now);
      return later.length === 0 ? undefined : Math.min(...later);
    },
    messages: () => kept,
    clear: () => {
      kept = [];
      taken.clear();
      deadLetters?.clear();
    },
  };
};
