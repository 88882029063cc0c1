import { choice, object } from '../../language/shape.js';
import type { Style } from '../style.js';

/** A function gets the normalised request, or (`payload: raw`) the gateway's own event. */
export const functionStyle: Style = {
  name: 'function',
  shape: object('A function gets the request.', {
    function: object('How it gets it.', {
      payload: choice('The normalised request, or the gateway’s own event.', ['normalised', 'raw'], { default: 'normalised' }),
    }),
  }),
  mean: (facts, scope) => {
    const payload = facts.map('function')?.choice('payload', ['normalised', 'raw']) ?? 'normalised';
    return {
      backend: { kind: 'function', function: scope.function, payload },
      flow: 'wait',
      features: payload === 'raw' ? [{ id: 'payload.raw', at: facts.origin }] : [],
    };
  },
};
