import { count, list } from '../../base/text.js';
import { sortBy } from '../../base/order.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Api, NamedSchema, Schema } from '../../ir/index.js';
import type { Rule } from '../rule.js';

const unbounded = defineDiagnostic<{ what: string; fields: readonly string[] }>({
  code: 'load/unbounded',
  level: 'warning',
  summary: 'texts and lists of a request that may be as long as the body',
  message: ({ what, fields }) => {
    const shown = fields.slice(0, 3).map((field) => `\`${field}\``);
    const names = fields.length > 3 ? list([...shown, `${fields.length - 3} more`]) : list(shown);
    return `${what} takes ${count(fields.length, 'value')} of any length: ${names}`;
  },
  help: () => 'Give texts a `maxLength` and lists a `maxItems`.',
});

/** Formats whose values are short by themselves. */
const short = new Set(['date', 'date-time', 'time', 'duration', 'uuid', 'ipv4', 'ipv6', 'byte', 'binary', 'email', 'hostname', 'int32', 'int64']);

const isOpenText = (schema: Schema): boolean =>
  schema.types?.includes('string') === true && schema.maxLength === undefined && schema.enum === undefined && schema.const === undefined
  && !short.has(schema.format ?? '') && (schema.pattern === undefined || /[*+]|\{[0-9]+,\}/.test(schema.pattern));
const isOpenList = (schema: Schema): boolean => schema.types?.includes('array') === true && schema.maxItems === undefined && schema.prefixItems === undefined;

/** Values without a bound in one schema, short of what it refers to; each by its name. */
const openIn = (schema: Schema, name: string): readonly string[] => [
  ...(isOpenText(schema) || isOpenList(schema) ? [name] : []),
  ...[...(schema.properties ?? [])].flatMap(([key, child]) => openIn(child, key)),
  ...(schema.items ? openIn(schema.items, `${name}[]`) : []),
  ...[...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((part) => openIn(part, name)),
];

const refsIn = (schema: Schema): readonly string[] => [
  ...(schema.ref === undefined ? [] : [schema.ref]),
  ...[...(schema.properties?.values() ?? []), ...(schema.items ? [schema.items] : []), ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(refsIn),
];

interface Finding { readonly what: string; readonly schema: Schema; readonly fields: readonly string[] }

/** What has no bound in all that requests are made of: bodies in their order, then the schemas they reach, by name. */
const findingsOf = ({ operations, schemas }: Api): readonly Finding[] => {
  const reached = new Map<string, NamedSchema>();
  const reach = (schema: Schema): void => {
    for (const name of refsIn(schema)) {
      const named = schemas.get(name);
      if (!named || reached.has(name)) continue;
      reached.set(name, named);
      reach(named.schema);
    }
  };
  const bodies = [...operations.values()].flatMap(({ body }) => (body?.contents ?? []).flatMap(({ schema, kind }) => (schema && kind !== 'binary' ? [schema] : [])));
  bodies.forEach(reach);
  return [
    ...bodies.map((schema) => ({ what: 'the body', schema, fields: [...new Set(openIn(schema, 'body'))] })),
    ...sortBy(reached.values(), ({ name }) => name).map(({ name, schema }) => ({ what: `\`${name}\``, schema, fields: [...new Set(openIn(schema, name))] })),
  ].filter(({ fields }) => fields.length > 0);
};

/** One report a schema, however many of its values have no bound; one note in all where the document says nothing of limits. */
export const unboundedValues: Rule = {
  diagnostics: [unbounded],
  check: (api, report, { stated }) => {
    const findings = findingsOf(api);
    const [first] = findings;
    if (!first) return;
    if (stated) for (const { what, schema, fields } of findings) report(unbounded({ what, fields }, schema.origin));
    else {
      const what = findings.length === 1 ? first.what : `the document, in ${findings.length} schemas,`;
      report({ ...unbounded({ what, fields: findings.flatMap(({ fields }) => fields) }, first.schema.origin), level: 'note' });
    }
  },
};
