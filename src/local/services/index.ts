import { retriesOf } from '../../../generators/kit/aws/worker-needs.js';
import type { Json, JsonObject } from '../../base/json.js';
import { isObject, own } from '../../base/json.js';
import { layout } from '../../emit/layout.js';
import type { Api, Worker } from '../../ir/index.js';
import type { SendAction } from '../aws/wire.js';
import type { Clock } from '../clock.js';
import type { Invoke } from '../functions.js';
import type { Actions, ApiCall, CallApi, ServiceName, ServiceReply } from './action.js';
import { addressOf, localName } from './address.js';
import { busEvent, topicEvent } from './deliveries.js';
import { dynamodbActions } from './dynamodb.js';
import { ServiceFailure } from './failure.js';
import { eventFeed, queueFeed, streamFeed, type Deliver, type Feed } from './feeds.js';
import { eventbridgeActions, kinesisActions, snsActions } from './messaging.js';
import { apiCallOf, gatewayReply, type ServiceRequest } from './request.js';
import { createRunner } from './runner.js';
import { s3Actions } from './s3.js';
import { sfnActions } from './sfn.js';
import { sqsActions } from './sqs.js';
import { StateError } from './state-paths.js';
import { clearStores, contentsOf, createStores, type Stores } from './stores.js';

export interface ServicesOptions {
  readonly clock: Clock;
  /** Runs a worker. */
  readonly invoke: Invoke;
  /** Where clients of the services reach them, without a slash at the end. */
  readonly endpoint: string;
  /** Whether workers run by themselves, or only when asked. */
  readonly automatic: boolean;
  /** Real services, or an emulator's, in place of the embedded ones; and what each resource is called there. */
  readonly elsewhere?: { readonly call: CallApi; readonly send: SendAction; readonly address: (resource: string) => string | undefined };
}

export interface Services {
  /** One call of the gateway itself, answered as the gateway's templates see it. */
  readonly call: (request: ServiceRequest) => Promise<ServiceReply>;
  /** The services' own API, as clients call it. */
  readonly api: CallApi;
  /** Sends one action of any service; absent where there are the embedded ones alone. */
  readonly send?: SendAction;
  /** What a resource holds; nothing where there is none of the name, or it is not here. */
  readonly contents: (resource: string) => JsonObject | undefined;
  /** Forgets all that the resources hold. */
  readonly reset: () => void;
  /** Runs workers until nothing is due, those of one resource or all; how many batches they were given. */
  readonly work: (resource?: string) => Promise<number>;
  /** Delivers what is due of a queue to a reader that fails at it; how many messages there were. */
  readonly fail: (resource: string) => number;
  readonly close: () => void;
}

/** The services behind an API, on this machine. */
export const createServices = (api: Api, options: ServicesOptions): Services => {
  const { clock, endpoint, elsewhere } = options;
  const stores = createStores(api, clock, (workflow, resource, input) => runTask(api, options, embedded, workflow, resource, input));
  const embedded = dispatch(stores, endpoint, () => runner.wake());
  const feeds = elsewhere ? [] : [...api.workers.values()].flatMap((worker) => feedOf(api, stores, worker, options) ?? []);
  const runner = createRunner(feeds, clock, options.automatic);
  const call = elsewhere?.call ?? embedded;
  return {
    call: async (request) => {
      const resource = api.resources.get(request.resource);
      const address = resource && (elsewhere ? elsewhere.address(resource.name) : addressOf(resource, endpoint));
      const made = resource && address !== undefined ? apiCallOf(request, resource, address) : undefined;
      if (!made) return failed('ResourceNotFoundException', `There is no \`${request.resource}\` here that does ${request.call}.`);
      return gatewayReply(made, await call(made));
    },
    api: call,
    ...(elsewhere ? { send: elsewhere.send } : {}),
    contents: (name) => {
      const resource = api.resources.get(name);
      return resource && !elsewhere ? contentsOf(stores, resource) : undefined;
    },
    reset: () => {
      clearStores(stores);
      for (const feed of feeds) feed.clear();
    },
    work: runner.work,
    fail: (name) => {
      const resource = api.resources.get(name);
      return resource && !elsewhere ? stores.queues.get(localName(resource))?.receive(10).length ?? 0 : 0;
    },
    close: runner.close,
  };
};

const failed = (code: string, message: string, status = 400, fields: object = {}): ServiceReply => ({ status, body: { __type: code, message, ...fields } as JsonObject });

const dispatch = (stores: Stores, endpoint: string, changed: () => void): CallApi => {
  const services: { readonly [name in ServiceName]: Actions } = {
    sqs: sqsActions(stores.queues, endpoint), sns: snsActions(stores.topics), eventbridge: eventbridgeActions(stores.buses), kinesis: kinesisActions(stores.streams),
    sfn: sfnActions(stores.workflows), dynamodb: dynamodbActions(stores.tables), s3: s3Actions(stores.buckets),
  };
  return async ({ service, action, input }) => {
    const act = Object.hasOwn(services[service], action) ? services[service][action] : undefined;
    if (!act) return failed('UnknownOperationException', `${action} is not served here.`);
    try {
      return { status: 200, body: await act(input) };
    } catch (error) {
      if (error instanceof ServiceFailure) return failed(error.code, error.message, error.status, error.fields);
      throw error;
    } finally {
      changed();
    }
  };
};

const feedOf = (api: Api, stores: Stores, worker: Worker, { clock, invoke }: ServicesOptions): Feed | undefined => {
  const source = api.resources.get(worker.source);
  if (!source) return undefined;
  const name = localName(source);
  const deliver: Deliver = (event) => invoke(layout.workerEntry(worker.name), JSON.stringify(event), worker.settings.timeoutMs);
  const [queue, topic, bus, stream] = [stores.queues.get(name), stores.topics.get(name), stores.buses.get(name), stores.streams.get(name)];
  if (queue) return queueFeed(source.name, name, queue, deliver);
  if (stream) return streamFeed(source.name, name, stream, clock, deliver);
  const feed = eventFeed(source.name, clock, retriesOf(worker), deliver);
  topic?.subscribe((notice) => feed.add(topicEvent(name, notice)));
  bus?.on(worker.operations, (event) => feed.add(busEvent(event)));
  return feed;
};

/** The services that steps of workflows call by themselves, by the names that their resources have (`arn:aws:states:::sqs:sendMessage`). */
const integrations: ReadonlyMap<string, ServiceName> = new Map([['sqs', 'sqs'], ['sns', 'sns'], ['events', 'eventbridge'], ['dynamodb', 'dynamodb'], ['states', 'sfn']]);

/** A step's work: a call of a service, or a worker that the workflow feeds. */
const runTask = async (api: Api, { invoke }: ServicesOptions, call: CallApi, workflow: string, resource: string, input: Json): Promise<Json> => {
  const [, service = '', action = ''] = /^arn:[^:]*:states:::([a-z]+):(\w+)$/.exec(resource) ?? [];
  const known = integrations.get(service);
  if (known) return callService(call, { service: known, action: action.charAt(0).toUpperCase() + action.slice(1), input: isObject(input) ? input : {} });
  const byService = service === 'lambda' && isObject(input);
  const called = byService ? String(own(input, 'FunctionName') ?? '') : resource;
  const workers = [...api.workers.values()].filter(({ source }) => source === workflow);
  const worker = workers.length === 1 ? workers[0] : workers.find(({ name }) => called.split(':').includes(name));
  if (!worker) throw new StateError('States.TaskFailed', `${called} is not served here: a step calls a worker of this API, or a service`);
  try {
    const result = (await invoke(layout.workerEntry(worker.name), JSON.stringify(byService ? own(input, 'Payload') ?? {} : input), worker.settings.timeoutMs) ?? null) as Json;
    return byService ? { Payload: result, StatusCode: 200 } : result;
  } catch (error) {
    // A thread tells of an error by its stack, which begins with its name.
    const told = error instanceof Error ? error.message : String(error);
    throw new StateError(/^(\w+):/.exec(told)?.[1] ?? 'Error', told);
  }
};

const callService = async (call: CallApi, made: ApiCall): Promise<Json> => {
  const { status, body } = await call(made);
  if (status < 300) return body;
  const told = isObject(body) ? body : {};
  throw new StateError(`${made.service}.${String(own(told, '__type'))}`, String(own(told, 'message')));
};
