import { doc, get, policy, type Row } from './documents.js';

const ok = { 200: { description: 'Done.' } };
const one = { '/things': { get: { operationId: 'readThings', security: [], responses: ok } } };
const two = (old: object = {}) => doc({ ...one, '/old': { get: { operationId: 'readOld', security: [], responses: ok, ...old } } } as never);
const until = (sunset: string, operation: object = { deprecated: true }) => policy({ version: { sunset } }, operation as never);
const versioned = (value: object) => policy({ version: { header: 'Api-Version', date: '2026-01-15', ...value } } as never);

export const lifeCycle: readonly Row[] = [
  ['an operation comes', doc(one), two(), ['safe operation-added']],
  ['an operation goes', two(), doc(one), ['breaking operation-removed']],
  ['a deprecated operation goes, and nobody said when', two({ deprecated: true }), doc(one), ['breaking operation-removed']],
  ['an operation goes before its sunset', two({ deprecated: true, 'x-gateway': { version: { sunset: '2026-12-31' } } }), doc(one), ['breaking operation-removed-early']],
  ['an operation goes after its sunset', two({ deprecated: true, 'x-gateway': { version: { sunset: '2026-01-31' } } }), doc(one), ['safe operation-retired']],
  ['another method', get(), doc({ '/things': { put: { operationId: 'readThings', security: [], responses: ok } } }), ['breaking operation-removed', 'safe operation-added']],
  ['another path', get(), get({}, {}, '/stuff'), ['breaking operation-removed', 'safe operation-added']],
  ['another operationId', get(), get({ operationId: 'listThings' }), ['risky operation-id-changed']],
  ['no change: an operationId that says what was made up', get({ operationId: 'getThings' }), doc({ '/things': { get: { security: [], responses: ok } } }), []],
  ['other tags', get({ tags: ['a'] }), get({ tags: ['b'] }), ['safe operation-tags-changed']],
  ['deprecated with a sunset', get(), until('2027-01-31'), ['safe operation-deprecated']],
  ['deprecated without a sunset', get(), get({ deprecated: true }), ['risky operation-deprecated-without-sunset']],
  ['no longer deprecated', get({ deprecated: true }), get(), ['safe operation-reinstated']],
  ['a nearer sunset', until('2027-06-30'), until('2027-01-31'), ['breaking sunset-earlier']],
  ['a later sunset', until('2027-01-31'), until('2027-06-30'), ['safe sunset-later']],
  ['no sunset any more', until('2027-01-31'), get({ deprecated: true }), ['risky sunset-removed']],
  ['another version header', versioned({}), versioned({ header: 'X-Version' }), ['breaking version-header-changed']],
  ['another version for those who name none', versioned({ default: '2025-06-01' }), versioned({}), ['breaking version-default-changed']],
  ['a version done by the code of the next', two(), two({ 'x-gateway': { version: { replacedBy: 'readThings' } } }), ['risky version-successor-changed']],
  ['deprecated since another day', until('2027-01-31'), policy({ version: { sunset: '2027-01-31', deprecated: '2026-01-15' } } as never, { deprecated: true } as never), []],
  ['another version', versioned({}), versioned({ date: '2026-06-01' }), ['breaking version-date-changed']],
  ['one more server', get({}, { servers: [{ url: 'https://a.example.com' }] }), get({}, { servers: [{ url: 'https://a.example.com' }, { url: 'https://b.example.com' }] }), ['safe server-added']],
  ['a server less', get({}, { servers: [{ url: 'https://a.example.com' }, { url: 'https://b.example.com' }] }), get({}, { servers: [{ url: 'https://a.example.com' }] }), ['breaking server-removed']],
  ['no change: prose', get({ summary: 'A', description: 'B' }), get({ summary: 'C' }), []],
];
