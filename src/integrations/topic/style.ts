import { map, object, template, text } from '../../language/shape.js';
import { inputOf } from '../input.js';
import { checkOrdered, withDedupe } from '../ordered.js';
import type { Style } from '../style.js';

/** Published to whoever subscribed. */
export const topicStyle: Style = {
  name: 'topic',
  shape: object('The request is published; the caller gets the acknowledgement.', {
    topic: text('Name of the topic.'),
    subject: template('Subject of the notification.', { examples: ['Order {$request.path.orderId}'] }),
    attributes: map('Attributes that subscribers can filter by.', template('A value.')),
    group: template('Notifications of one group stay in order; fifo topics only.'),
    dedupe: template('Notifications with the same value count once; fifo topics only.'),
  }),
  mean: (facts, scope) => {
    const topic = scope.resource(facts.text('topic') ?? '', 'topic', facts.where('topic'));
    if (!topic) return undefined;
    checkOrdered(topic, facts, scope);
    const input = new Map(withDedupe(topic, inputOf(facts, scope, ['subject', 'group', 'dedupe']), facts, scope));
    const attributes = facts.map('attributes');
    if (attributes) input.set('attributes', { kind: 'object', entries: [...inputOf(attributes, scope, attributes.keys())] });
    return { backend: { kind: 'service', call: 'publish', resource: topic.name, input }, flow: 'accept', features: [{ id: 'service.topic', at: facts.origin }] };
  },
};
