import { defineDiagnostic } from '../diagnostics/define.js';

export const unreadable = defineDiagnostic<{ path: string; why: string }>({
  code: 'load/unreadable',
  level: 'error',
  summary: 'a file named on the command line cannot be read',
  message: ({ path, why }) => `\`${path}\` cannot be read: ${why}`,
  help: () => 'Check the path and the permissions of the file.',
});

export const tooLarge = defineDiagnostic<{ what: string; limit: string }>({
  code: 'load/too-large',
  level: 'error',
  summary: 'a file with more bytes, nesting, values or references than are read',
  message: ({ what, limit }) => `the file has more than ${limit} ${what}, which is the most that is read`,
  help: () => 'Split the document over several files, or take out what is repeated.',
});

export const notText = defineDiagnostic({
  code: 'load/not-text',
  level: 'error',
  summary: 'a file that is neither UTF-8 nor UTF-16 text',
  message: () => 'the file is not text: it is neither UTF-8 nor UTF-16 with a byte order mark',
  help: () => 'Save it as UTF-8.',
});

export const syntax = defineDiagnostic<{ format: string; why: string }>({
  code: 'load/syntax',
  level: 'error',
  summary: 'a file that is not well-formed YAML or JSON',
  message: ({ format, why }) => `this is not ${format}: ${why}`,
  help: () => 'Correct the file at this place.',
});

export const empty = defineDiagnostic({
  code: 'load/empty',
  level: 'error',
  summary: 'a file without any content',
  message: () => 'the file holds no document',
  help: () => 'Begin it with `openapi: 3.1.0`.',
});

export const notAnObject = defineDiagnostic<{ found: string }>({
  code: 'load/not-an-object',
  level: 'error',
  summary: 'a root document that is no object',
  message: ({ found }) => `the document must be an object, and is ${found}`,
  help: () => 'Begin it with `openapi: 3.1.0`.',
});

export const notJson = defineDiagnostic<{ what: string }>({
  code: 'load/not-json',
  level: 'error',
  summary: 'a YAML value that JSON does not have',
  message: ({ what }) => `${what} has no place in an OpenAPI document: JSON cannot write it`,
  help: () => 'Write a value that JSON has.',
});

export const version = defineDiagnostic<{ found: string | undefined }>({
  code: 'load/version',
  level: 'error',
  summary: 'a document of a version that is not supported',
  message: ({ found }) => (found === undefined ? 'the document does not say which version of OpenAPI it is written in' : `${found} is not supported`),
  help: () => "Use `openapi: '3.0.x'` or `openapi: '3.1.x'`; `swagger: '2.0'` is converted.",
});

export const conversion = defineDiagnostic<{ why: string }>({
  code: 'load/conversion',
  level: 'error',
  summary: 'a Swagger 2.0 document that cannot be converted',
  message: ({ why }) => `the document cannot be converted from Swagger 2.0 to OpenAPI 3.0: ${why}`,
  help: () => 'Correct it at this place, or convert it to OpenAPI 3 by hand.',
});

export const conversionLoss = defineDiagnostic<{ why: string }>({
  code: 'load/conversion-loss',
  level: 'warning',
  summary: 'something of a Swagger 2.0 document that OpenAPI 3.0 cannot say',
  message: ({ why }) => `the conversion to OpenAPI 3.0 loses something here: ${why}`,
  help: () => 'Write it in OpenAPI 3 by hand, or describe it otherwise.',
});

export const overlayShape = defineDiagnostic<{ why: string }>({
  code: 'overlay/shape',
  level: 'error',
  summary: 'a file that is no OpenAPI Overlay',
  message: ({ why }) => `this is not an OpenAPI Overlay 1.0: ${why}`,
  help: () => 'Write `overlay: 1.0.0`, `info`, and a list of `actions`, each with a `target` and `update` or `remove`.',
});

export const overlayTarget = defineDiagnostic<{ target: string; why: string }>({
  code: 'overlay/target',
  level: 'error',
  summary: 'an overlay target that is no JSONPath or cannot be acted on',
  message: ({ target, why }) => `\`${target}\` cannot be the target of this action: ${why}`,
  help: () => "Write it as in RFC 9535: `$.paths['/orders'].get`.",
});

export const overlayUnmatched = defineDiagnostic<{ target: string }>({
  code: 'overlay/unmatched',
  level: 'warning',
  summary: 'an overlay action that finds nothing to act on',
  message: ({ target }) => `\`${target}\` matches nothing in the document, so the action has no effect`,
  help: () => 'Correct the target, or take the action out.',
});

export const all = [unreadable, tooLarge, notText, syntax, empty, notAnObject, notJson, version, conversion, conversionLoss, overlayShape, overlayTarget, overlayUnmatched];

/** A limit as messages write it: `2 000 000`. */
export const limitText = (limit: number): string => limit.toString().replace(/\B(?=(\d{3})+$)/g, ' ');
