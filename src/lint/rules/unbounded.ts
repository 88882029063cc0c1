import { count, list } from '../../base/text.js';
import { sortBy } from '../../base/order.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { NamedSchema, Schema } from '../../ir/index.js';
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

/** One report a schema, however many of its values have no bound. */
export const unboundedValues: Rule = {
  diagnostics: [unbounded],
  check: ({ operations, schemas }, report, { stated }) => {
    const reached = new Map<string, NamedSchema>();
    const tell = (what: string, schema: Schema, name: string): void => {
      const fields = [...new Set(openIn(schema, name))];
      if (fields.length === 0) return;
      const diagnostic = unbounded({ what, fields }, schema.origin);
      report(stated ? diagnostic : { ...diagnostic, level: 'note' });
    };
    const reach = (schema: Schema): void => {
      for (const name of refsIn(schema)) {
        const named = schemas.get(name);
        if (!named || reached.has(name)) continue;
        reached.set(name, named);
        reach(named.schema);
      }
    };
    for (const { body } of operations.values()) {
      for (const { schema, kind } of body?.contents ?? []) {
        if (!schema || kind === 'binary') continue;
        tell('the body', schema, 'body');
        reach(schema);
      }
    }
    for (const named of sortBy(reached.values(), ({ name }) => name)) tell(`\`${named.name}\``, named.schema, named.name);
  },
};
