import { map, object, template, text } from '../../language/shape.js';
import { fifo } from '../diagnostics.js';
import { inputOf } from '../input.js';
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
    if (topic.fifo && !facts.has('group')) scope.report(fifo({ name: topic.name, rule: 'is a fifo topic, and the notification has no `group`', help: 'Add `group`, an expression.' }, facts.origin));
    for (const key of topic.fifo ? [] : ['group', 'dedupe']) {
      if (facts.has(key)) scope.report(fifo({ name: topic.name, rule: `is no fifo topic, and cannot take \`${key}\``, help: `Take \`${key}\` out, or make the topic \`fifo: true\`.` }, facts.where(key)));
    }
    const input = new Map(inputOf(facts, scope, ['subject', 'group', 'dedupe']));
    const attributes = facts.map('attributes');
    if (attributes) input.set('attributes', { kind: 'object', entries: [...inputOf(attributes, scope, attributes.keys())] });
    return { backend: { kind: 'service', call: 'publish', resource: topic.name, input }, flow: 'accept', features: [{ id: 'service.topic', at: facts.origin }] };
  },
};
