import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

export const unknownKey = defineDiagnostic<{ key: string; where: string; near: string | undefined; place: string | undefined; known: readonly string[] }>({
  code: 'gateway/unknown-key',
  level: 'error',
  summary: 'a key of `x-gateway` that the language does not have',
  message: ({ key, where, near }) => `${where} has no key \`${key}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ near, place, known }) => (place !== undefined ? `${near === undefined ? 'Move it to where it stands' : `Rename it to \`${near}\`, and move it to where that stands`}: ${place}.`
    : near === undefined ? `Use one of ${list(known.map((each) => `\`${each}\``), 'or')}, or take the key out.` : `Rename it to \`${near}\`.`),
  key: true,
});

export const wrongType = defineDiagnostic<{ what: string; wanted: string; found: string }>({
  code: 'gateway/wrong-type',
  level: 'error',
  summary: 'a value of `x-gateway` has another type than the language gives it',
  message: ({ what, wanted, found }) => `${what} must be ${wanted}, and is ${found}`,
  help: ({ wanted }) => `Write ${wanted} here, or take the key out.`,
});

export const unknownValue = defineDiagnostic<{ what: string; value: string; values: readonly string[]; near: string | undefined }>({
  code: 'gateway/unknown-value',
  level: 'error',
  summary: 'a value that is none of those the language lists',
  message: ({ what, value, near }) => `${what} cannot be \`${value}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ values }) => `Choose ${list(values.map((each) => `\`${each}\``), 'or')}.`,
});

export const invalidDuration = defineDiagnostic<{ what: string; value: string }>({
  code: 'gateway/invalid-duration',
  level: 'error',
  summary: 'a duration that cannot be read',
  message: ({ what, value }) => `${what} is \`${value}\`, which is not a duration`,
  help: () => 'Write a number with its unit: `500ms`, `30s`, `5m`, `1h` or `30d`.',
});

export const invalidSize = defineDiagnostic<{ what: string; value: string }>({
  code: 'gateway/invalid-size',
  level: 'error',
  summary: 'a size that cannot be read',
  message: ({ what, value }) => `${what} is \`${value}\`, which is not a size`,
  help: () => 'Write a number with its unit: `512B`, `64KB` or `10MB` (1 KB is 1024 bytes).',
});

export const invalidText = defineDiagnostic<{ what: string; value: string; wanted: string }>({
  code: 'gateway/invalid-text',
  level: 'error',
  summary: 'a text that has not the form the language gives it',
  message: ({ what, value, wanted }) => `${what} is \`${value}\`, which is not ${wanted}`,
  help: ({ wanted }) => `Write ${wanted}.`,
});

export const outOfRange = defineDiagnostic<{ what: string; value: number; wanted: string }>({
  code: 'gateway/out-of-range',
  level: 'error',
  summary: 'a number outside of what the language allows',
  message: ({ what, value, wanted }) => `${what} is ${value}, and must be ${wanted}`,
  help: ({ wanted }) => `Write ${wanted}.`,
});

export const missingKey = defineDiagnostic<{ where: string; key: string }>({
  code: 'gateway/missing-key',
  level: 'error',
  summary: 'a key that a block of `x-gateway` cannot do without',
  message: ({ where, key }) => `${where} has no \`${key}\``,
  help: ({ key }) => `Add \`${key}\`.`,
});

export const noVariant = defineDiagnostic<{ where: string; variants: readonly string[]; near: string | undefined }>({
  code: 'gateway/no-variant',
  level: 'error',
  summary: 'a block that is none of its kinds, or two at once',
  message: ({ where, near }) => `${where} does not say which kind it is${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ variants }) => `Write exactly one of ${list(variants.map((each) => `\`${each}\``), 'or')}.`,
});

export const all = [unknownKey, wrongType, unknownValue, invalidDuration, invalidSize, invalidText, outOfRange, missingKey, noVariant];
