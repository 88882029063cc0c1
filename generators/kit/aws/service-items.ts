import type { Api, Expression, Schema, Template } from '../../../src/ir/index.js';
import { facets, typesOf } from '../../../src/expressions/walk.js';
import { AttributePrinter } from '../velocity/attributes.js';
import { jsonText } from '../velocity/literal.js';
import type { VelocityPrinter } from '../velocity/template.js';
import type { Route } from './routes.js';
import type { DirectBackend } from './services.js';

const reply = ({ operation: { integration } }: Route): Expression =>
  ({ origin: integration.origin, text: '$response.body', source: { kind: 'body', of: 'response', pointer: [] }, optional: false });

/** The body of a reply, passed on. */
export const replyTemplate = (route: Route): Template => ({ kind: 'value', expression: reply(route) });

/** What a table answered, as the declared answer describes it. */
export const itemsScript = (printer: VelocityPrinter, api: Api, route: Route, { call, input }: DirectBackend, schema: Schema | undefined): string => {
  const attributes = new AttributePrinter(printer, api.schemas);
  const expression = reply(route);
  switch (call) {
    case 'get-item': case 'update-item': case 'delete-item': {
      printer.prepare([`#set($item = $input.path('$.${call === 'get-item' ? 'Item' : 'Attributes'}'))`]);
      return attributes.plainItem(expression, '$item', schema);
    }
    case 'put-item': return printer.json(stored(api, [...entriesOf(input.get('key')), ...entriesOf(input.get('item'))], schema));
    default: return itemList(attributes, api, expression, schema);
  }
};

type Entries = readonly (readonly [string, Template])[];
const entriesOf = (template: Template | undefined): Entries => (template?.kind === 'object' ? template.entries : []);

/** A table does not tell what it was given to store, so the answer has it from the request, as far as that is still seen. */
const stored = (api: Api, entries: Entries, schema: Schema | undefined): Template => {
  const described = new Set((schema ? facets(schema, api.schemas) : []).flatMap(({ properties }) => [...(properties?.keys() ?? [])]));
  return { kind: 'object', entries: entries.filter(([name], index) => described.has(name) && entries.findIndex(([other]) => other === name) === index) };
};

/** A list of items, or an object that has them in its only list; a property `count` says how many they are. */
const itemList = (attributes: AttributePrinter, api: Api, expression: Expression, schema: Schema | undefined): string => {
  const list = (of: Schema | undefined): string =>
    attributes.plainItems(expression, "$input.path('$.Items')", of && facets(of, api.schemas).flatMap(({ items }) => items ?? [])[0]);
  if (!schema || typesOf(schema, api.schemas).includes('array')) return list(schema);
  const properties = facets(schema, api.schemas).flatMap((facet) => [...(facet.properties ?? [])]);
  const lists = properties.filter(([, property]) => typesOf(property, api.schemas).includes('array'));
  const [[name, only] = ['items', undefined]] = lists;
  const count = properties.some(([property]) => property === 'count') ? ['"count": $input.path(\'$.Count\')'] : [];
  return `{${[`${jsonText(name)}: ${list(only)}`, ...count].join(', ')}}`;
};
