import { choice, object } from '../../language/shape.js';
import type { Style } from '../style.js';

const payloads = ['normalised', 'gateway', 'raw'] as const;

/** A function gets the normalised request, which it or (`payload: gateway`) the gateway makes, or (`payload: raw`) the gateway's own event. */
export const functionStyle: Style = {
  name: 'function',
  shape: object('A function gets the request.', {
    function: object('How it gets it.', {
      payload: choice('The normalised request; the same, made by a template of the gateway (REST only); or the gateway’s own event.', payloads, { default: 'normalised' }),
    }),
  }),
  mean: (facts, scope) => {
    const payload = facts.map('function')?.choice('payload', payloads) ?? 'normalised';
    return {
      backend: { kind: 'function', function: scope.function, payload },
      flow: 'wait',
      features: payload === 'normalised' ? [] : [{ id: `payload.${payload}`, at: facts.origin }],
    };
  },
};
