import { expect, it } from 'vitest';
import { lowerSpec } from './support.js';

const spec = (root: object, operation: object = {}, pathItem: object = {}): string => JSON.stringify({
  openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [], 'x-gateway': root,
  paths: { '/a': { 'x-gateway': pathItem, get: { operationId: 'a', responses: { 200: { description: 'Done.' } }, 'x-gateway': operation } } },
});
const throttle = { rate: 5, burst: 10 };
const below = 'below `defaults`, or at an operation';
const atRoot = 'in `x-gateway` at the root of the document';

it.each<[string, string, string, string]>([
  ['policy at the root', spec({ throttle }), '`x-gateway` has no key `throttle`', `Move it to where it stands: ${below}.`],
  ['policy at the root, misspelt', spec({ trottle: throttle }), '`x-gateway` has no key `trottle`; did you mean `throttle`?', `Rename it to \`throttle\`, and move it to where that stands: ${below}.`],
  ['a fact of the API below `defaults`', spec({ defaults: { cors: { origins: ['*'] } } }), '`defaults` has no key `cors`', `Move it to where it stands: ${atRoot}.`],
  ['a fact of the API at a path', spec({}, {}, { stages: { dev: {} } }), '`x-gateway` has no key `stages`', `Move it to where it stands: ${atRoot}.`],
  ['a fact of the API at an operation, misspelt', spec({}, { resource: {} }), '`x-gateway` has no key `resource`; did you mean `resources`?', `Rename it to \`resources\`, and move it to where that stands: ${atRoot}.`],
  ['what the place has, misspelt', spec({}, { throtle: throttle }), '`x-gateway` has no key `throtle`; did you mean `throttle`?', 'Rename it to `throttle`.'],
  ['a name of Object', spec({ constructor: 1 }), '`x-gateway` has no key `constructor`', 'Use one of `cors`, `defaults`, `errors`, `functions`, `headers`, `name`, `observability`, `profiles`, `protocol`, `resources` or `stages`, or take the key out.'],
])('%s is told with where it belongs', async (_, stdin, message, help) => {
  const { diagnostics } = await lowerSpec({ stdin });
  expect(diagnostics.filter(({ code }) => code === 'gateway/unknown-key').map(({ message, help }) => [message, help])).toEqual([[message, help]]);
});
