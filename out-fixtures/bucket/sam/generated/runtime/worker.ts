import type { ResourceContract } from './contract.js';
import { fromBase64, log, toText } from './platform.js';
import { resources } from './resources.js';

/** One piece of work that the API accepted. */
export interface Work<Body> {
  /** The id that the carrier gave it; the same on every attempt. */
  readonly id: string;
  /** What the caller was told to follow it by, where the API puts the work off with `async`. */
  readonly trackingId?: string;
  /** 1 the first time, where the carrier counts. */
  readonly attempt: number;
  /** The request's body as the operation accepted it, or what `request` of the policy makes of it. */
  readonly body: Body;
}
/** Does one piece of work; what it throws makes the carrier try again. */
export type WorkHandler<Body, Given = object> = (work: Work<Body> & Given) => void | Promise<void>;

/** Makes what a handler is given beside its work. */
export type Give = (body: unknown, id: string) => object;
/** The resources that the operations use, and senders of what they call back with. */
export const given = (contracts: readonly ResourceContract[], callbacks?: Give): Give => (body, id) =>
  ({ resources: resources(contracts), ...(callbacks ? { callbacks: callbacks(body, id) } : {}) });

/** Items of a batch that are to be delivered again; the others are done. */
export interface BatchResult { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }

interface Item { readonly id: string; readonly trackingId: string | undefined; readonly attempt: number; readonly text: string }

/** Does one item; throws when it has to be done again. */
type Do = (item: Item) => Promise<void>;

/** A handler as it is called with items: their text read, with all else that it is given. */
const doing = <Body, Given>(handle: WorkHandler<Body, Given>, give: Give | undefined): Do => async ({ id, trackingId, attempt, text }) => {
  const body = JSON.parse(text) as Body;
  await handle({ id, ...(trackingId === undefined ? {} : { trackingId }), attempt, body, ...give?.(body, id) } as Work<Body> & Given);
};

const attemptItem = async (item: Item, perform: Do): Promise<boolean> => {
  try {
    await perform(item);
    return true;
  } catch (error) {
    const thrown = error instanceof Error ? error : undefined;
    log({ level: 'error', message: thrown?.message ?? String(error), work: item.id, attempt: item.attempt, error: thrown && { name: thrown.name, stack: thrown.stack } });
    return false;
  }
};

/** In order: behind the first failure nothing is done, or work would overtake what it depends on. */
const inOrder = async (items: readonly Item[], perform: Do): Promise<BatchResult> => {
  for (const [index, item] of items.entries()) {
    if (!(await attemptItem(item, perform))) return { batchItemFailures: items.slice(index).map(({ id }) => ({ itemIdentifier: id })) };
  }
  return { batchItemFailures: [] };
};

const together = async (items: readonly Item[], perform: Do): Promise<BatchResult> => {
  const done = await Promise.all(items.map((item) => attemptItem(item, perform)));
  return { batchItemFailures: items.filter((_, index) => !done[index]).map(({ id }) => ({ itemIdentifier: id })) };
};

export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string; readonly attributes?: { readonly ApproximateReceiveCount?: string; readonly MessageGroupId?: string }; readonly messageAttributes?: { readonly tracking?: { readonly stringValue?: string } } }[];
}
/** Work from a queue; messages of a FIFO queue are done in order. */
export const queueWorker = <Body, Given>(handle: WorkHandler<Body, Given>, give?: Give) => (event: QueueEvent): Promise<BatchResult> => {
  const items = event.Records.map(({ messageId, body, attributes, messageAttributes }) => ({ id: messageId, trackingId: messageAttributes?.tracking?.stringValue, attempt: Number(attributes?.ApproximateReceiveCount ?? 1), text: body }));
  return (event.Records.some(({ attributes }) => attributes?.MessageGroupId !== undefined) ? inOrder : together)(items, doing(handle, give));
};

export interface StreamEvent { readonly Records: readonly { readonly kinesis: { readonly sequenceNumber: string; readonly data: string } }[] }
/** Work from a stream, in order. */
export const streamWorker = <Body, Given>(handle: WorkHandler<Body, Given>, give?: Give) => (event: StreamEvent): Promise<BatchResult> =>
  inOrder(event.Records.map(({ kinesis }) => ({ id: kinesis.sequenceNumber, trackingId: undefined, attempt: 1, text: toText(fromBase64(kinesis.data)) ?? '' })), doing(handle, give));

/** Carriers without batches learn of a failure by what is thrown. */
const whole = async (items: readonly Item[], perform: Do): Promise<void> => {
  const { batchItemFailures: [failed] } = await together(items, perform);
  if (failed) throw new Error(`Work ${failed.itemIdentifier} failed`);
};

export interface TopicEvent { readonly Records: readonly { readonly Sns: { readonly MessageId: string; readonly Message: string; readonly MessageAttributes?: { readonly tracking?: { readonly Value?: string } } } }[] }
/** Work from a topic. */
export const topicWorker = <Body, Given>(handle: WorkHandler<Body, Given>, give?: Give) => (event: TopicEvent): Promise<void> =>
  whole(event.Records.map(({ Sns }) => ({ id: Sns.MessageId, trackingId: Sns.MessageAttributes?.tracking?.Value, attempt: 1, text: Sns.Message })), doing(handle, give));

export interface BusEvent { readonly id: string; readonly detail: unknown; readonly resources?: readonly string[] }
/** Work from an event bus. */
export const busWorker = <Body, Given>(handle: WorkHandler<Body, Given>, give?: Give) => (event: BusEvent): Promise<void> =>
  whole([{ id: event.id, trackingId: event.resources?.[0], attempt: 1, text: JSON.stringify(event.detail) }], doing(handle, give));

/** Work as a step of a workflow, whose input it is. */
export const workflowWorker = <Body, Given>(handle: WorkHandler<Body, Given>, give?: Give) => (event: unknown): Promise<void> =>
  whole([{ id: '', trackingId: undefined, attempt: 1, text: JSON.stringify(event) }], doing(handle, give));
