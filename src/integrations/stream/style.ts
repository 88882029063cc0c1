import { object, template, text } from '../../language/shape.js';
import { inputOf } from '../input.js';
import type { Style } from '../style.js';

/** Put on a stream as a record. */
export const streamStyle: Style = {
  name: 'stream',
  shape: object('The request is put on a stream as a record; the caller gets the acknowledgement.', {
    stream: text('Name of the stream.'),
    partitionKey: template('Records of one key stay in order.', { examples: ['$request.body#/sessionId'] }),
  }, { required: ['partitionKey'] }),
  mean: (facts, scope) => {
    const stream = scope.resource(facts.text('stream') ?? '', 'stream', facts.where('stream'));
    if (!stream) return undefined;
    return {
      backend: { kind: 'service', call: 'put-record', resource: stream.name, input: inputOf(facts, scope, ['partitionKey']) },
      flow: 'accept',
      features: [{ id: 'service.stream', at: facts.origin }],
    };
  },
};
