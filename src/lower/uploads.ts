import type { Report } from '../diagnostics/collect.js';
import { nearest } from '../base/text.js';
import { unknownResource, wrongKind } from '../integrations/diagnostics.js';
import type { Resource, Worker } from '../ir/index.js';
import type { Facts } from '../language/bound.js';
import { settingsOf } from './functions.js';
import { uploadsQueue } from './gateway-diagnostics.js';
import { grantsOf } from './policy.js';
import { timeoutFor, workerNameOf } from './workers.js';

interface UploadScope { readonly resources: ReadonlyMap<string, Resource>; readonly broken: ReadonlySet<string>; readonly report: Report }

/** The workers of what is uploaded to buckets: each is told by way of a queue, which tries again and keeps what fails for good. */
export const lowerUploads = (gateway: Facts, scope: UploadScope, others: ReadonlyMap<string, Worker>): ReadonlyMap<string, Worker> => {
  const workers = new Map<string, Worker>();
  for (const [name, facts] of gateway.map('resources')?.maps() ?? []) {
    const uploads = facts.map('uploads');
    const bucket = scope.resources.get(name);
    if (!uploads || bucket?.kind !== 'bucket') continue;
    const queue = queueOf(name, uploads, bucket, scope);
    if (!queue) continue;
    const worker = workerNameOf(queue.name);
    if (others.has(worker) || workers.has(worker)) scope.report(uploadsQueue({ bucket: name, why: `\`${queue.name}\` carries other work, which a worker could not tell from uploads`, help: 'Name a queue of its own.' }, uploads.where('through')));
    workers.set(worker, {
      origin: uploads.origin, name: worker, operations: [], source: queue.name, takes: 'uploads',
      // A notice does not say what type an object has.
      uses: [{ origin: uploads.origin, resource: name, access: 'read' }, ...grantsOf(uploads, scope)],
      settings: settingsOf(uploads.map('function'), timeoutFor(queue)),
    });
  }
  return workers;
};

const queueOf = (bucket: string, uploads: Facts, { existing }: Resource, { resources, broken, report }: UploadScope): (Resource & { kind: 'queue' }) | undefined => {
  const name = uploads.text('through') ?? '';
  const at = uploads.where('through');
  const queue = resources.get(name);
  if (!queue && !broken.has(name)) report(unknownResource({ name, near: nearest(name, resources.keys()), known: [...resources.keys()] }, at));
  if (queue && queue.kind !== 'queue') report(wrongKind({ name, found: queue.kind, wanted: 'queue' }, at, [{ at: queue.origin, message: 'it is described here' }]));
  if (queue?.kind !== 'queue') return undefined;
  const refuse = (why: string, help: string): void => report(uploadsQueue({ bucket, why, help }, at));
  if (existing !== undefined) refuse('it belongs to somebody else, whose notifications would be replaced', 'Have its owner send them to the queue, or create the bucket here.');
  if (queue.fifo) refuse(`\`${name}\` is a fifo queue, and buckets send to plain ones only`, 'Name a queue without `fifo`.');
  if (queue.existing !== undefined) refuse(`\`${name}\` belongs to somebody else, and does not let the bucket send to it`, 'Name a queue that is created here.');
  return queue;
};
