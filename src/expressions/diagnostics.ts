import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

export const malformed = defineDiagnostic<{ text: string; why: string; column: number }>({
  code: 'expression/malformed',
  level: 'error',
  summary: 'an expression that cannot be read',
  message: ({ text, why, column }) => `\`${text}\` cannot be read at character ${column}: ${why}`,
  help: () => 'Write an expression as `$request.path.id`, `$request.body#/customer/id` or `$context.requestId`; `$$` is a literal dollar.',
});

export const unknownParameter = defineDiagnostic<{ text: string; name: string; place: string; near: string | undefined; known: readonly string[] }>({
  code: 'expression/unknown-parameter',
  level: 'error',
  summary: 'an expression that takes a parameter the operation does not declare',
  message: ({ text, name, place, near }) => `\`${text}\`: the operation has no ${place} parameter \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ known, place, name }) => (known.length === 0 ? `Declare the ${place} parameter \`${name}\`.` : `Declare it, or take one of ${list(known.map((each) => `\`${each}\``), 'or')}.`),
});

export const unknownField = defineDiagnostic<{ text: string; token: string; near: string | undefined }>({
  code: 'expression/unknown-field',
  level: 'error',
  summary: 'a pointer that leads to nothing its schema describes',
  message: ({ text, token, near }) => `\`${text}\` leads nowhere: the schema has no \`${token}\` there${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Correct the pointer, or describe the value in the schema.',
});

export const noBody = defineDiagnostic<{ text: string; what: string }>({
  code: 'expression/no-body',
  level: 'error',
  summary: 'an expression that takes something from a body that is not declared, or not JSON',
  message: ({ text, what }) => `\`${text}\`: ${what}`,
  help: () => 'Declare the body with a schema, or take the value from somewhere else.',
});

export const unknownHeader = defineDiagnostic<{ text: string; name: string; near: string | undefined }>({
  code: 'expression/unknown-header',
  level: 'error',
  summary: 'an expression that takes a response header no response declares',
  message: ({ text, name, near }) => `\`${text}\`: no response declares the header \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Declare the header at the response.',
});

export const responseOutside = defineDiagnostic<{ text: string }>({
  code: 'expression/response-outside',
  level: 'error',
  summary: 'an expression that takes from the response where there is none yet',
  message: ({ text }) => `\`${text}\` takes from the response, which there is only in \`responses\``,
  help: () => 'Move it to `responses`, or take the value from the request.',
});

export const notText = defineDiagnostic<{ text: string; types: string }>({
  code: 'expression/not-text',
  level: 'error',
  summary: 'an object or a list put into a string',
  message: ({ text, types }) => `\`${text}\` is ${types}, which cannot be put into a string`,
  help: () => 'Point at one value in it, or let the expression stand alone.',
});

export const unknownVariable = defineDiagnostic<{ text: string; name: string; near: string | undefined }>({
  code: 'expression/unknown-variable',
  level: 'error',
  summary: 'a stage variable that no stage gives a value',
  message: ({ text, name, near }) => `\`${text}\`: no stage has a variable \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ name }) => `Give \`${name}\` a value under \`variables\` of each stage.`,
});

export const all = [malformed, unknownParameter, unknownField, noBody, unknownHeader, responseOutside, notText, unknownVariable];
