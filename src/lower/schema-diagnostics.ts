import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

const suggestion = (near: string | undefined): string => (near === undefined ? '' : `; did you mean \`${near}\`?`);

export const unknownType = defineDiagnostic<{ type: string; dialect: string; near: string | undefined }>({
  code: 'schema/unknown-type',
  level: 'error',
  summary: 'a `type` that schemas do not have',
  message: ({ type, dialect, near }) => `\`${type}\` is not a type of OpenAPI ${dialect} schemas${suggestion(near)}`,
  help: ({ type }) => (type === 'null' ? 'Write `nullable: true` beside the type of the other values.' : 'Use string, number, integer, boolean, array or object.'),
});

export const invalidKeyword = defineDiagnostic<{ keyword: string; wanted: string }>({
  code: 'schema/invalid-keyword',
  level: 'error',
  summary: 'a schema keyword with a value it cannot have',
  message: ({ keyword, wanted }) => `\`${keyword}\` must be ${wanted}`,
  help: () => 'Correct the value, or take the keyword out.',
});

export const emptyEnum = defineDiagnostic({
  code: 'schema/empty-enum',
  level: 'warning',
  summary: 'an `enum` without a value, which nothing fits',
  message: () => '`enum` lists no value, so no value fits this schema',
  help: () => 'List the values, or take `enum` out where any will do.',
  key: true,
});

export const misspeltKeyword = defineDiagnostic<{ keyword: string; near: string }>({
  code: 'schema/misspelt-keyword',
  level: 'warning',
  summary: 'a schema keyword that is nearly one that exists',
  message: ({ keyword, near }) => `schemas have no keyword \`${keyword}\`; did you mean \`${near}\`?`,
  help: ({ near }) => `Rename it to \`${near}\`; as it stands it has no effect.`,
  key: true,
});

export const ineffectiveKeyword = defineDiagnostic<{ keyword: string; why: string; instead: string }>({
  code: 'schema/ineffective-keyword',
  level: 'warning',
  summary: 'a schema keyword that has no effect where it stands',
  message: ({ keyword, why }) => `\`${keyword}\` has no effect here: ${why}`,
  help: ({ instead }) => instead,
  key: true,
});

export const olderNotation = defineDiagnostic<{ written: string; meant: string }>({
  code: 'schema/older-notation',
  level: 'warning',
  summary: 'a bound as OpenAPI 3.0 writes it, in a document of 3.1',
  message: ({ written, meant }) => `\`${written}\` is how OpenAPI 3.0 says it; here it is taken for \`${meant}\``,
  help: ({ meant }) => (meant === 'nothing' ? 'Take it out.' : `Write \`${meant}\`, without the plain bound.`),
  key: true,
});

export const unsupportedKeyword = defineDiagnostic<{ keyword: string }>({
  code: 'schema/unsupported-keyword',
  level: 'warning',
  summary: 'a schema keyword that this compiler does not follow',
  message: ({ keyword }) => `\`${keyword}\` is not followed, so values are checked less strictly than this schema says`,
  help: () => 'Name the schema in `components.schemas` and refer to it with a plain `$ref`.',
  key: true,
});

export const nullableEnum = defineDiagnostic({
  code: 'schema/nullable-enum',
  level: 'warning',
  summary: '`nullable: true` beside an `enum` that does not list null',
  message: () => 'null is refused although the schema is `nullable`: the `enum` does not list it',
  help: () => 'Add `null` to the `enum`, or take `nullable` out.',
  key: true,
});

export const invalidPattern = defineDiagnostic<{ pattern: string; why: string }>({
  code: 'schema/pattern',
  level: 'error',
  summary: 'a `pattern` that is not a regular expression',
  message: ({ pattern, why }) => `\`${pattern}\` is not a regular expression of ECMA-262: ${why}`,
  help: () => 'Correct the expression; it is read as JavaScript does.',
});

export const discriminatorTarget = defineDiagnostic<{ value: string; target: string }>({
  code: 'schema/discriminator-target',
  level: 'error',
  summary: 'a discriminator that maps to a schema that is none of the alternatives',
  message: ({ value, target }) => `the discriminator sends \`${value}\` to \`${target}\`, which is not among the alternatives`,
  help: () => 'Add the schema to `oneOf` or `anyOf`, or take the entry out of `mapping`.',
});

export const discriminatorInline = defineDiagnostic({
  code: 'schema/discriminator-inline',
  level: 'warning',
  summary: 'a discriminator beside alternatives that have no name',
  message: () => 'the discriminator is not used: at least one alternative is written in place, and only a schema behind a `$ref` has a name to be chosen by',
  help: () => 'Move the alternative to `components.schemas` and refer to it.',
});

export const endlessSchema = defineDiagnostic<{ chain: readonly string[] }>({
  code: 'schema/endless',
  level: 'error',
  summary: 'a schema that contains itself without any nesting in between',
  message: ({ chain }) => `${list(chain.slice(0, 1).map((name) => `\`${name}\``))} is made of itself (${[...chain, chain[0]].join(' → ')}), so checking a value would never end`,
  help: () => 'Break the circle: take one of the schemas out of the `allOf`, `oneOf`, `anyOf` or `$ref` that leads back.',
});

export const all = [unknownType, invalidKeyword, emptyEnum, misspeltKeyword, ineffectiveKeyword, olderNotation, unsupportedKeyword, nullableEnum, invalidPattern, discriminatorTarget, discriminatorInline, endlessSchema];
