import { get, parameter, post, type Row } from './documents.js';

const body = (content: Record<string, object>, more: object = {}) => post({ requestBody: { content, ...more } } as never);
const json = { 'application/json': { schema: { type: 'object' } } };
const form = (encoding: object): Record<string, object> => ({ 'multipart/form-data': { schema: { type: 'object', properties: { a: { type: 'string' } } }, encoding: { a: encoding } } });
const variable = (name: string, schema: object = { type: 'string' }) => get({ parameters: [{ in: 'path', name, required: true, schema }] } as never, {}, `/things/{${name}}`);

export const requests: readonly Row[] = [
  ['a parameter comes', get(), parameter({}), ['safe parameter-added']],
  ['a required parameter comes', get(), parameter({ required: true }), ['breaking parameter-added-required']],
  ['a parameter goes', parameter({}), get(), ['risky parameter-removed']],
  ['a parameter becomes required', parameter({}), parameter({ required: true }), ['breaking parameter-required']],
  ['a parameter becomes optional', parameter({ required: true }), parameter({}), ['safe parameter-optional']],
  ['a parameter moves to a header', parameter({}), parameter({ in: 'header' }), ['breaking parameter-moved']],
  ['a parameter is deprecated', parameter({}), parameter({ deprecated: true }), ['safe parameter-deprecated']],
  ['another style', parameter({ schema: { type: 'array', items: { type: 'string' } } }), parameter({ style: 'pipeDelimited', explode: false, schema: { type: 'array', items: { type: 'string' } } }), ['breaking parameter-style-changed']],
  ['no longer exploded', parameter({ schema: { type: 'array', items: { type: 'string' } } }), parameter({ explode: false, schema: { type: 'array', items: { type: 'string' } } }), ['breaking parameter-style-changed']],
  ['a parameter becomes a JSON document', parameter({}), get({ parameters: [{ in: 'query', name: 'limit', content: { 'application/json': { schema: { type: 'integer' } } } }] }), ['breaking parameter-style-changed']],
  ['the text of a number becomes any text', parameter({}), parameter({ schema: { type: 'string' } }), ['safe request-type-widened']],
  ['any text becomes that of a number', parameter({ schema: { type: 'string' } }), parameter({}), ['breaking request-type-narrowed']],
  ['the default of a parameter', parameter({ schema: { type: 'integer', default: 10 } }), parameter({ schema: { type: 'integer', default: 20 } }), ['risky request-default-changed']],
  ['the maximum of a parameter', parameter({ schema: { type: 'integer', maximum: 100 } }), parameter({ schema: { type: 'integer', maximum: 50 } }), ['breaking request-bound-tightened']],
  ['no change: the case of a header', parameter({ in: 'header', name: 'X-Limit' }), parameter({ in: 'header', name: 'x-limit' }), []],
  ['no change: a style that is the default', parameter({}), parameter({ style: 'form', explode: true }), []],
  ['a variable of the path has another name', variable('id'), variable('thingId'), ['safe path-variable-renamed']],
  ['a variable of the path has another name, and a bound', variable('id'), variable('thingId', { type: 'string', maxLength: 5 }), ['safe path-variable-renamed', 'breaking request-bound-tightened']],
  ['a body comes', post(), body(json), ['safe body-added']],
  ['a body comes that must be sent', post(), body(json, { required: true }), ['breaking body-required']],
  ['a body becomes required', body(json), body(json, { required: true }), ['breaking body-required']],
  ['a body becomes optional', body(json, { required: true }), body(json), ['safe body-optional']],
  ['a body goes', body(json), post(), ['risky body-removed']],
  ['a media type is no longer taken', body({ ...json, 'application/xml': {} }), body(json), ['breaking request-media-type-removed']],
  ['one more media type is taken', body(json), body({ ...json, 'text/plain': {} }), ['safe request-media-type-added']],
  ['no change: a range has the media type in it', body({ 'image/png': {} }), body({ 'image/*': {} }), []],
  ['a field of a form in another way', body(form({ contentType: 'text/plain' })), body(form({ contentType: 'application/json' })), ['breaking body-encoding-changed']],
];
