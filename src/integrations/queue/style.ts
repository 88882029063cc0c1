import { duration, object, template, text } from '../../language/shape.js';
import { fifo } from '../diagnostics.js';
import { constant, inputOf } from '../input.js';
import { checkOrdered, withDedupe } from '../ordered.js';
import type { Style } from '../style.js';

/** One message; the caller gets the acknowledgement. */
export const queueStyle: Style = {
  name: 'queue',
  shape: object('One message is sent; the caller gets the acknowledgement.', {
    queue: text('Name of the queue.'),
    group: template('Messages of one group stay in order; fifo queues only.', { examples: ['$request.body#/customerId'] }),
    dedupe: template('Messages with the same value count once; fifo queues only.', { default: '$context.requestId', examples: ['$request.header.Idempotency-Key'] }),
    delay: duration('Time before the message can be seen, up to 15m; not on fifo queues.'),
  }),
  mean: (facts, scope) => {
    const queue = scope.resource(facts.text('queue') ?? '', 'queue', facts.where('queue'));
    if (!queue) return undefined;
    const { name } = queue;
    checkOrdered(queue, facts, scope);
    const delay = facts.duration('delay');
    if (delay !== undefined && queue.fifo) scope.report(fifo({ name, rule: 'is a fifo queue, and cannot delay a single message', help: 'Take `delay` out.' }, facts.where('delay')));
    const input = new Map(withDedupe(queue, inputOf(facts, scope, ['group', 'dedupe']), facts, scope));
    if (delay !== undefined) input.set('delay', constant(Math.round(delay / 1000)));
    return { backend: { kind: 'service', call: 'send-message', resource: name, input }, flow: 'accept', features: [{ id: 'service.queue', at: facts.origin }] };
  },
};
