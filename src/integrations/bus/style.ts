import { object, template, text } from '../../language/shape.js';
import { inputOf } from '../input.js';
import type { Style } from '../style.js';

/** Put on a bus; a partial failure is an error for the caller too. */
export const busStyle: Style = {
  name: 'bus',
  shape: object('The request is put on a bus as an event; a failure to take it is an error for the caller.', {
    bus: text('Name of the bus.'),
    source: template('Who the event is from.', { examples: ['shop.orders'] }),
    detailType: template('What happened.', { examples: ['OrderPlaced'] }),
  }, { required: ['source', 'detailType'] }),
  mean: (facts, scope) => {
    const bus = scope.resource(facts.text('bus') ?? '', 'bus', facts.where('bus'));
    if (!bus) return undefined;
    return {
      backend: { kind: 'service', call: 'put-event', resource: bus.name, input: inputOf(facts, scope, ['source', 'detailType']) },
      flow: 'accept',
      features: [{ id: 'service.bus', at: facts.origin }],
    };
  },
};
