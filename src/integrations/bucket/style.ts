import { choice, duration, list, object, size, template, text } from '../../language/shape.js';
import type { ServiceCall } from '../../ir/index.js';
import { missingArgument, needless } from '../diagnostics.js';
import { constant, inputOf } from '../input.js';
import type { Style } from '../style.js';

type Action = 'presign-put' | 'presign-get' | 'get' | 'put';
const calls: Readonly<Record<Action, { call: ServiceCall; takes: readonly string[]; needs: readonly string[] }>> = {
  'presign-put': { call: 'sign-upload', takes: ['expires', 'maxSize', 'types'], needs: ['expires', 'maxSize'] },
  'presign-get': { call: 'sign-download', takes: ['expires'], needs: ['expires'] },
  get: { call: 'get-object', takes: [], needs: [] },
  put: { call: 'put-object', takes: ['maxSize', 'types'], needs: [] },
};

/** Objects, by the gateway or by links that are signed for a while; presign actions come complete, with no stub to fill in. */
export const bucketStyle: Style = {
  name: 'bucket',
  shape: object('Objects in a bucket: read and written by the gateway, or by a link that is signed for a while.', {
    bucket: text('Name of the bucket.'),
    action: choice('What is done.', ['presign-put', 'presign-get', 'get', 'put']),
    key: template('Key of the object.', { examples: ['receipts/{$request.path.orderId}.pdf'] }),
    expires: duration('How long a signed link holds; at most 7d.'),
    maxSize: size('Largest upload.'),
    types: list('Media types that may be uploaded.', text('A media type.')),
  }, { required: ['action', 'key'] }),
  mean: (facts, scope) => {
    const action = facts.choice('action', ['presign-put', 'presign-get', 'get', 'put']);
    const bucket = scope.resource(facts.text('bucket') ?? '', 'bucket', facts.where('bucket'));
    if (!action || !bucket) return undefined;
    const { call, takes, needs } = calls[action];
    for (const key of ['expires', 'maxSize', 'types']) if (facts.has(key) && !takes.includes(key)) scope.report(needless({ key, action }, facts.where(key)));
    for (const key of needs) if (!facts.has(key)) scope.report(missingArgument({ key, action }, facts.origin));
    const input = new Map(inputOf(facts, scope, ['key']));
    const expires = facts.duration('expires');
    if (expires !== undefined) input.set('expires', constant(Math.round(expires / 1000)));
    const maxSize = facts.size('maxSize');
    if (maxSize !== undefined) input.set('maxSize', constant(maxSize));
    if (facts.has('types')) input.set('types', constant(facts.texts('types')));
    return {
      backend: { kind: 'service', call, resource: bucket.name, input },
      flow: 'wait',
      features: [{ id: action.startsWith('presign') ? 'service.presign' : 'service.bucket', at: facts.origin }],
    };
  },
};
