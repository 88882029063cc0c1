import type { Api, Resource, Worker } from '../../../src/ir/index.js';
import { account, cloud, type CloudObject, type CloudText } from './cloud-text.js';
import { needsOf, type Needs } from './needs.js';

/** Whether what fails for good needs a queue of the worker's own: queues have dead letters themselves, other carriers forget. */
export const losesWork = (source: Resource | undefined): boolean => source?.kind === 'topic' || source?.kind === 'bus' || source?.kind === 'stream';

/** The queue in which a worker's work is kept that failed for good. */
export const deadLetters = ({ name }: Worker): CloudText => cloud`${{ cloud: 'dead-letters-arn', name }}`;

/** What a worker is given, besides leave to take from its source. */
export const workerNeeds = (api: Api, worker: Worker): Needs => {
  const { environment, statements } = needsOf(api, worker.operations, worker.uses);
  if (!losesWork(api.resources.get(worker.source))) return { environment, statements };
  return { environment, statements: [...statements, { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: [deadLetters(worker)] }] };
};

/** Attempts of a function that nobody waits for (Lambda developer guide, asynchronous invocation: two more at the most). */
export const mostAttempts = 3;
/** How often the work of a worker is tried again. */
export const retriesOf = ({ attempts = mostAttempts }: Worker): number => Math.min(attempts, mostAttempts) - 1;
/** How long what failed for good is kept; the longest that the service keeps anything. */
export const deadLetterSeconds = 1_209_600;

/** The events of a bus that are a worker's: those of its operations, by what they are called; by their source where a request decides that. */
export const eventPattern = (api: Api, { operations }: Worker): CloudObject => {
  const texts = (argument: string): (string | undefined)[] => operations.map((id) => {
    const backend = api.operations.get(id)?.integration.backend;
    const template = backend?.kind === 'service' ? backend.input.get(argument) : undefined;
    return template?.kind === 'literal' && typeof template.value === 'string' ? template.value : undefined;
  });
  for (const [key, argument] of [['detail-type', 'detailType'], ['source', 'source']] as const) {
    const known = texts(argument);
    if (known.every((text) => text !== undefined)) return { [key]: [...new Set(known)].sort() };
  }
  return { account: [cloud`${account}`] };
};
