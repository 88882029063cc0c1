import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

export const wrongType = defineDiagnostic<{ what: string; wanted: string; found: string }>({
  code: 'document/wrong-type',
  level: 'error',
  summary: 'a value has another type than the specification gives it',
  message: ({ what, wanted, found }) => `${what} must be ${wanted}, and is ${found}`,
  help: ({ wanted }) => `Write ${wanted} here, or take the key out.`,
});

export const missingField = defineDiagnostic<{ object: string; field: string }>({
  code: 'document/missing-field',
  level: 'error',
  summary: 'a required field is missing',
  message: ({ object, field }) => `${object} has no \`${field}\`, which the specification requires`,
  help: ({ field }) => `Add \`${field}\`.`,
});

export const ignoredValue = defineDiagnostic<{ what: string; wanted: string; found: string }>({
  code: 'document/ignored-value',
  level: 'warning',
  summary: 'a descriptive value of the wrong type, which is left out',
  message: ({ what, wanted, found }) => `${what} should be ${wanted}, and is ${found}; it is left out`,
  help: ({ wanted }) => `Write ${wanted} here, or take the key out.`,
});

export const missingDetail = defineDiagnostic<{ object: string; field: string }>({
  code: 'document/missing-detail',
  level: 'warning',
  summary: 'a required field that only describes is missing',
  message: ({ object, field }) => `${object} has no \`${field}\`, which the specification requires; nothing that is generated depends on it`,
  help: ({ field }) => `Add \`${field}\`, for whoever reads the document.`,
});

export const unknownField = defineDiagnostic<{ object: string; field: string; near: string | undefined }>({
  code: 'document/unknown-field',
  level: 'warning',
  summary: 'a field that the specification does not define, often a misspelling',
  message: ({ object, field, near }) => `${object} has no field \`${field}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ field, near }) => (near === undefined ? `Remove \`${field}\`, or rename it to \`x-${field}\` if it is an extension.` : `Rename it to \`${near}\`; as it stands it has no effect.`),
  key: true,
});

export const unresolvedReference = defineDiagnostic<{ reference: string; why: string }>({
  code: 'reference/unresolved',
  level: 'error',
  summary: 'a reference to something that is not there',
  message: ({ reference, why }) => `\`${reference}\` leads nowhere: ${why}`,
  help: () => 'Correct the reference, or add what it names.',
});

export const refusedReference = defineDiagnostic<{ reference: string; why: string; flag: string }>({
  code: 'reference/refused',
  level: 'error',
  summary: 'a reference that leaves the folder of the document, or the machine',
  message: ({ reference, why }) => `\`${reference}\` ${why}`,
  help: ({ flag }) => `Copy the file into the folder of the document, or allow it with \`${flag}\`.`,
});

export const circularReference = defineDiagnostic<{ reference: string }>({
  code: 'reference/circular',
  level: 'error',
  summary: 'a chain of references that comes back to itself',
  message: ({ reference }) => `\`${reference}\` refers, over other references, to itself`,
  help: () => 'Break the chain: one of them must say what is meant.',
});

export const siblingsOfReference = defineDiagnostic<{ fields: readonly string[] }>({
  code: 'reference/siblings',
  level: 'warning',
  summary: 'fields beside a `$ref` where only the reference counts',
  message: ({ fields }) => `${list(fields.map((field) => `\`${field}\``))} beside this \`$ref\` ${fields.length === 1 ? 'has' : 'have'} no effect: only what the reference leads to counts`,
  help: () => 'Move them to what the reference leads to.',
});

export const all = [wrongType, missingField, ignoredValue, missingDetail, siblingsOfReference, unknownField, unresolvedReference, refusedReference, circularReference];
