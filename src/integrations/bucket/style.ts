import { choice, duration, list, object, size, template, text } from '../../language/shape.js';
import type { Access, Grant, LinkTask, ServiceCall, Template } from '../../ir/index.js';
import type { Facts } from '../../language/bound.js';
import { linkLifetime, missingArgument, needless } from '../diagnostics.js';
import { constant, inputOf } from '../input.js';
import type { Meaning, Style, StyleScope } from '../style.js';

const names = ['presign-put', 'presign-get', 'get', 'put', 'list'] as const;
type Action = (typeof names)[number];
type Means = { readonly link: LinkTask['action']; readonly access: Access } | { readonly call: ServiceCall };
const actions: Readonly<Record<Action, Means & { takes: readonly string[]; needs: readonly string[] }>> = {
  'presign-put': { link: 'upload', access: 'write', takes: ['expires', 'maxSize', 'types', 'contentType'], needs: ['key', 'expires', 'maxSize'] },
  'presign-get': { link: 'download', access: 'read', takes: ['expires'], needs: ['key', 'expires'] },
  get: { call: 'get-object', takes: [], needs: ['key'] },
  put: { call: 'put-object', takes: ['maxSize', 'types'], needs: ['key'] },
  list: { call: 'list-objects', takes: [], needs: [] },
};

/** Objects, by the gateway or by links that are signed for a while; presign actions come complete, with no stub to fill in. */
export const bucketStyle: Style = {
  name: 'bucket',
  shape: object('Objects in a bucket: read and written by the gateway, or by a link that is signed for a while.', {
    bucket: text('Name of the bucket.'),
    action: choice('What is done. An upload by link is a form that the client posts, so that the service itself holds it to its limits.', names),
    key: template('Key of the object; for `list`, what keys begin with. A value in it names one segment; only a greedy path variable, or a key that is one expression, may hold several.', { examples: ['receipts/{$request.path.orderId}.pdf'] }),
    expires: duration('How long a signed link holds; at most 7d.'),
    maxSize: size('Largest upload.'),
    types: list('Media types that may be uploaded; any unless said.', text('A media type.', {
      pattern: '^[A-Za-z0-9!#$&^_.+-]+/([A-Za-z0-9!#$&^_.+-]+|\\*)$', wanted: 'a media type as `image/png`, or `image/*`',
    })),
    contentType: template('Which of several `types` the one upload will have.', { examples: ['$request.body#/contentType'] }),
  }, { required: ['action'] }),
  mean: (facts, scope) => {
    const action = facts.choice('action', names);
    const bucket = scope.resource(facts.text('bucket') ?? '', 'bucket', facts.where('bucket'));
    if (!action || !bucket) return undefined;
    const means = actions[action];
    for (const key of ['expires', 'maxSize', 'types', 'contentType']) if (facts.has(key) && !means.takes.includes(key)) scope.report(needless({ key, action }, facts.where(key)));
    for (const key of means.needs) if (!facts.has(key)) scope.report(missingArgument({ key, action }, facts.origin));
    const input = new Map(inputOf(facts, scope, ['key', 'contentType']));
    if ('link' in means) return linkMeaning(bucket.name, means.link, means.access, input, facts, scope);
    const maxSize = facts.size('maxSize');
    if (maxSize !== undefined) input.set('maxSize', constant(maxSize));
    if (facts.has('types')) input.set('types', constant(facts.texts('types')));
    return { backend: { kind: 'service', call: means.call, resource: bucket.name, input }, flow: 'wait', features: [{ id: 'service.bucket', at: facts.origin }] };
  },
};

/** What a signature may hold at most (Amazon S3 user guide, "Sharing objects with presigned URLs"). */
const longest = { ms: 7 * 86_400_000, text: '7d' } as const;

/** A function that the compiler writes whole: only what runs can sign. */
const linkMeaning = (bucket: string, action: LinkTask['action'], access: Access, input: ReadonlyMap<string, Template>, facts: Facts, scope: StyleScope): Meaning | undefined => {
  const key = input.get('key');
  if (!key) return undefined;
  const expires = facts.duration('expires') ?? 900_000;
  if (expires < 1_000 || expires > longest.ms) scope.report(linkLifetime({ given: facts.text('expires') ?? '', longest: longest.text }, facts.where('expires')));
  const types = [...new Set(facts.texts('types').map((type) => type.toLowerCase()))];
  const contentType = input.get('contentType');
  if (types.length > 1 && !facts.has('contentType')) scope.report(missingArgument({ key: 'contentType', action: 'presign-put of several types' }, facts.where('types')));
  const maxBytes = facts.size('maxSize');
  const task: LinkTask = {
    action, bucket, key, expiresSeconds: Math.round(expires / 1000), types,
    ...(action === 'upload' && maxBytes !== undefined ? { maxBytes } : {}),
    ...(contentType ? { contentType } : {}),
  };
  const grant: Grant = { origin: facts.where('bucket'), resource: bucket, access, keys: keysOf(key) };
  return { backend: { kind: 'function', function: scope.function, payload: 'normalised', task }, flow: 'wait', uses: [grant], features: [{ id: 'service.presign', at: facts.origin }] };
};

/** The one key, or the beginning of all that the template can make. What a policy would read as a pattern ends the beginning early. */
const keysOf = (key: Template): string => {
  const fixed = key.kind === 'literal' ? String(key.value) : key.kind === 'text' && typeof key.parts[0] === 'string' ? key.parts[0] : '';
  const [plain = ''] = /^[^*?$]*/.exec(fixed) ?? [];
  return key.kind === 'literal' && plain === fixed ? plain : `${plain}*`;
};
