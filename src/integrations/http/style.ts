import { duration, object, template, text } from '../../language/shape.js';
import type { Style } from '../style.js';

/** Proxied to a service over HTTP. */
export const httpStyle: Style = {
  name: 'http',
  shape: object('The request is passed on to a service over HTTP.', {
    http: text('Name of an `http` resource, or a base URL.', { examples: ['legacy', 'https://legacy.example.com/v1'] }),
    path: template('Path at the service; the request’s own unless said.', { examples: ['/items/{$request.path.id}'] }),
    timeout: duration('How long the service may take; the operation’s own `timeout` unless said.'),
  }),
  mean: (facts, scope) => {
    const where = facts.text('http') ?? '';
    const url = /^https?:\/\//.test(where);
    const resource = url ? undefined : scope.resource(where, 'http', facts.where('http'));
    if (!url && !resource) return undefined;
    const written = facts.value('path');
    const path = written === undefined ? undefined : scope.template({ value: written, origin: facts.where('path') });
    const timeoutMs = facts.duration('timeout');
    return {
      backend: {
        kind: 'http',
        ...(url ? { url: where } : { resource: where }),
        ...(path ? { path } : {}),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      },
      flow: 'wait',
      features: [{ id: resource?.vpcLink === undefined ? 'backend.http' : 'backend.private', at: facts.origin }],
    };
  },
};
