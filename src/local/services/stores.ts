import type { Json, JsonObject } from '../../base/json.js';
import type { Api, Resource, Uploads } from '../../ir/index.js';
import type { Clock } from '../clock.js';
import { present } from './action.js';
import { deadLetterName, localName } from './address.js';
import { fromItem } from './attribute.js';
import { createBucket, type Bucket } from './bucket.js';
import { uploadNotice } from './deliveries.js';
import { createBus, type Bus } from './bus.js';
import { createQueue, type Queue, type QueuedMessage } from './queue.js';
import { createStream, type Stream } from './stream.js';
import { createTable, type Table } from './table.js';
import { createTopic, type Topic } from './topic.js';
import { createWorkflow, type Workflow } from './workflow.js';

/** The embedded services, by the names that they have here. */
export interface Stores {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly buses: ReadonlyMap<string, Bus>;
  readonly streams: ReadonlyMap<string, Stream>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly workflows: ReadonlyMap<string, Workflow>;
}

/** Does a step of a workflow. */
export type RunTask = (workflow: string, resource: string, input: Json) => Promise<Json>;

export const createStores = (api: Api, clock: Clock, runTask: RunTask): Stores => {
  const stores = { queues: new Map<string, Queue>(), topics: new Map<string, Topic>(), buses: new Map<string, Bus>(), streams: new Map<string, Stream>(), tables: new Map<string, Table>(), buckets: new Map<string, Bucket>(), workflows: new Map<string, Workflow>() };
  for (const resource of api.resources.values()) {
    const name = localName(resource);
    switch (resource.kind) {
      case 'queue': {
        const deadLetters = resource.deadLetterAfter === undefined ? undefined : createQueue({ fifo: resource.fifo, visibilityMs: 30_000 }, clock);
        if (deadLetters) stores.queues.set(deadLetterName(resource), deadLetters);
        stores.queues.set(name, createQueue(resource, clock, deadLetters));
        break;
      }
      case 'topic': stores.topics.set(name, createTopic(resource, clock)); break;
      case 'bus': stores.buses.set(name, createBus(clock)); break;
      case 'stream': stores.streams.set(name, createStream(resource, clock)); break;
      case 'table': stores.tables.set(name, createTable(resource)); break;
      case 'bucket': stores.buckets.set(name, createBucket(clock)); break;
      case 'workflow': stores.workflows.set(name, createWorkflow({ name, type: resource.type, definition: resource.definition }, clock, (called, input) => runTask(resource.name, called, input))); break;
      case 'http': break;
    }
  }
  for (const resource of api.resources.values()) if (resource.kind === 'bucket' && resource.uploads) tellOfUploads(api, stores, resource, resource.uploads);
  return stores;
};

const tellOfUploads = (api: Api, { buckets, queues }: Stores, bucket: Resource, { queue, prefix = '', suffix = '' }: Uploads): void => {
  const carrier = api.resources.get(queue);
  const name = localName(bucket);
  buckets.get(name)?.onPut((object) => {
    if (carrier && object.key.startsWith(prefix) && object.key.endsWith(suffix)) queues.get(localName(carrier))?.send({ body: JSON.stringify(uploadNotice(name, object)) });
  });
};

export const clearStores = (stores: Stores): void => {
  for (const kind of Object.values(stores) as readonly ReadonlyMap<string, { readonly clear: () => void }>[]) for (const store of kind.values()) store.clear();
};

const messageContents = ({ id, body, group, dedupe, attributes = {}, receives }: QueuedMessage): JsonObject => present({
  id, body, group, dedupe, receives, attributes: Object.fromEntries(Object.entries(attributes).map(([name, { StringValue, BinaryValue }]) => [name, StringValue ?? BinaryValue ?? ''])),
});

const parsed = (text: string | undefined): Json | undefined => (text === undefined ? undefined : (JSON.parse(text) as Json));

/** What a resource holds, for people and for tests; nothing of backends that are somewhere else. */
export const contentsOf = (stores: Stores, resource: Resource): JsonObject | undefined => {
  const name = localName(resource);
  const { kind } = resource;
  switch (kind) {
    case 'queue': {
      const queue = stores.queues.get(name);
      return { kind, messages: (queue?.messages() ?? []).map(messageContents), deadLetters: (queue?.deadLetters?.messages() ?? []).map(messageContents) };
    }
    case 'topic': return { kind, published: (stores.topics.get(name)?.published() ?? []).map(({ id, message, subject, group, dedupe, attributes = {} }) => present({ id, message, subject, group, dedupe, attributes: Object.fromEntries(Object.entries(attributes).map(([key, { StringValue }]) => [key, StringValue ?? ''])) })) };
    case 'bus': return { kind, events: (stores.buses.get(name)?.events() ?? []).map(({ id, source, detailType, detail, resources }) => ({ id, source, detailType, detail, resources })) };
    case 'stream': return { kind, records: (stores.streams.get(name)?.records() ?? []).map(({ shard, sequence, partitionKey, data }) => ({ shard, sequence, partitionKey, data: Buffer.from(data).toString() })) };
    case 'table': return { kind, items: (stores.tables.get(name)?.items() ?? []).map(fromItem) };
    case 'bucket': return { kind, objects: (stores.buckets.get(name)?.objects() ?? []).map(({ key, body, type }) => ({ key, size: body.length, type })) };
    case 'workflow': return { kind, runs: (stores.workflows.get(name)?.runs() ?? []).map(({ name: run, input, status, output, error, cause }) => present({ name: run, input: parsed(input), status, output: parsed(output), error, cause })) };
    case 'http': return undefined;
  }
};
