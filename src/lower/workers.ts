import { kebab } from '../base/text.js';
import { serviceOf } from '../ir/call.js';
import type { Operation, Resource, Worker } from '../ir/index.js';
import type { Facts } from '../language/bound.js';
import { settingsOf } from './functions.js';

/** The worker of a carrier: one for each, since several on one queue would take each other's messages. */
export const workerNameOf = (resource: string): string => kebab(resource);

/** The kinds of resource whose work a worker of ours does; a workflow does its own. */
export const hasWorker = (resource: Resource): boolean => ['queue', 'topic', 'bus', 'stream'].includes(resource.kind);

/** Whether work comes by itself, and nothing counts how often: the function is called again. */
const isEvent = ({ kind }: Resource): boolean => kind === 'topic' || kind === 'bus';

/** Queues as `async.retry` has them: a message comes back after its visibility, and is given up after so many attempts. */
export const retried = (resources: ReadonlyMap<string, Resource>, operations: Iterable<Operation>): ReadonlyMap<string, Resource> => {
  const changed = new Map(resources);
  for (const { integration: { flow, backend } } of operations) {
    const queue = changed.get(serviceOf(backend)?.resource ?? '');
    if (flow.kind !== 'accept' || !flow.retry || queue?.kind !== 'queue' || queue.existing !== undefined) continue;
    changed.set(queue.name, { ...queue, visibilityMs: Math.max(queue.visibilityMs, flow.retry.backoffMs), ...(queue.deadLetterAfter === undefined ? {} : { deadLetterAfter: flow.retry.attempts }) });
  }
  return changed;
};

/** The workers and what each does, in the order of the operations. */
export const lowerWorkers = (
  accepted: readonly { readonly operation: Operation; readonly facts: Facts }[],
  resources: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, Worker> => {
  const workers = new Map<string, Worker>();
  for (const { operation, facts } of accepted) {
    const { flow, backend } = operation.integration;
    const source = resources.get(serviceOf(backend)?.resource ?? '');
    if (flow.kind !== 'accept' || flow.worker === undefined || !source) continue;
    const before = workers.get(flow.worker);
    const asked = isEvent(source) ? flow.retry?.attempts : undefined;
    const attempts = Math.max(before?.attempts ?? 0, asked ?? 0);
    workers.set(flow.worker, {
      origin: before?.origin ?? operation.origin,
      name: flow.worker,
      takes: 'requests',
      uses: [...(before?.uses ?? []), ...operation.policy.uses],
      operations: [...(before?.operations ?? []), operation.id],
      source: source.name,
      ...(attempts > 0 ? { attempts } : {}),
      settings: before?.settings ?? settingsOf(facts.map('function'), timeoutFor(source)),
    });
  }
  return workers;
};

/** A message must stay hidden for six attempts of its worker; work from elsewhere gets half a minute. */
export const timeoutFor = (source: Resource): number => (source.kind === 'queue' ? Math.max(1_000, Math.floor(source.visibilityMs / 6)) : 30_000);
