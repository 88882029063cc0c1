import { answers, get, type Row } from './documents.js';

const ok = { description: 'Done.' };
const header = (value: object | undefined) => answers({ 200: { ...ok, ...(value ? { headers: { 'X-Total': { schema: { type: 'integer' }, ...value } } } : {}) } } as never);
const content = (...types: readonly string[]) => answers({ 200: { ...ok, content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])) } });
const called = (value: object | undefined) => get({ ...(value ? { callbacks: value } : {}) } as never);
const back = (url: string, method: string, type = 'string') => ({ done: { [url]: { [method]: { requestBody: { content: { 'application/json': { schema: { type } } } }, responses: { 200: ok } } } } });

export const responses: readonly Row[] = [
  ['one more success', answers({ 200: ok }), answers({ 200: ok, 202: ok }), ['risky response-status-added']],
  ['a success goes', answers({ 200: ok, 202: ok }), answers({ 200: ok }), ['breaking response-status-removed']],
  ['one more error', answers({ 200: ok }), answers({ 200: ok, 404: ok }), ['safe response-error-added']],
  ['an error goes', answers({ 200: ok, 404: ok }), answers({ 200: ok }), ['safe response-error-removed']],
  ['no change: a class for a status', answers({ 200: ok, 404: ok }), answers({ 200: ok, '4XX': ok }), []],
  ['an answer in one more media type', content('text/plain'), content('text/plain', 'text/csv'), ['safe response-media-type-added']],
  ['an answer in a media type less', content('text/plain', 'text/csv'), content('text/plain'), ['breaking response-media-type-removed']],
  ['an answer without a body', content('text/plain'), answers({ 200: ok }), ['breaking response-media-type-removed']],
  ['a header comes', header(undefined), header({}), ['safe response-header-added']],
  ['a header goes', header({}), header(undefined), ['risky response-header-lost']],
  ['a header goes that was always there', header({ required: true }), header(undefined), ['breaking response-header-removed']],
  ['a header is not always there', header({ required: true }), header({}), ['breaking response-header-optional']],
  ['a header is always there', header({}), header({ required: true }), ['safe response-header-required']],
  ['a header of another type', header({}), header({ schema: { type: 'string' } }), ['breaking response-type-widened']],
  ['a callback comes', called(undefined), called(back('{$request.query.url}', 'post')), ['safe callback-added']],
  ['a callback goes', called(back('{$request.query.url}', 'post')), called(undefined), ['breaking callback-removed']],
  ['a callback by another method', called(back('{$request.query.url}', 'post')), called(back('{$request.query.url}', 'put')), ['breaking callback-changed']],
  ['a callback sends something else', called(back('{$request.query.url}', 'post')), called(back('{$request.query.url}', 'post', 'integer')), ['breaking response-type-widened']],
];
