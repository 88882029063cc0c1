import { messageOf } from '../../../src/ir/call.js';
import type { Api, Template } from '../../../src/ir/index.js';
import { AttributePrinter } from '../velocity/attributes.js';
import { jsonLiteral, jsonText } from '../velocity/literal.js';
import { VelocityPrinter } from '../velocity/template.js';
import { cloud } from './cloud-text.js';
import type { Route } from './routes.js';
import { scopeOf, scriptOf, type Script } from './service-request.js';
import type { DirectBackend, TableCall } from './services.js';

/** A member of the request; one that depends on the caller's values says when it is there. */
interface Part { readonly text: string; readonly present?: string }

const sure = (text: string): Part => ({ text });
const parts: Readonly<Record<TableCall, (table: TablePrinter) => readonly Part[]>> = {
  'get-item': (table) => [table.key()],
  'put-item': (table) => [table.item(), ...table.condition()],
  'update-item': (table) => [table.key(), table.set(), ...table.condition(), sure('"ReturnValues": "ALL_NEW"')],
  'delete-item': (table) => [table.key(), ...table.condition(), sure('"ReturnValues": "ALL_OLD"')],
  'query-items': (table) => [table.keyCondition(), ...table.reading()],
  'scan-items': (table) => table.reading(),
};

/** The request that a table is sent (Amazon DynamoDB API reference). Names of attributes stand behind aliases: any of them may be a reserved word. */
export const tableScript = (api: Api, route: Route, backend: DirectBackend): Script => {
  const printer = new VelocityPrinter(scopeOf(api, route, 'request'));
  const table = new TablePrinter(printer, api, route, backend);
  const printed = parts[backend.call as TableCall](table);
  const body = [...printed, ...table.aliases()].map(({ text, present }) => (present === undefined ? `,\n  ${indent(text)}` : `#if(${present}),\n  ${indent(text)}#end`)).join('');
  return scriptOf(printer, [], cloud`{\n  "TableName": "${{ cloud: 'resource-name', name: backend.resource }}"${body}\n}`, body);
};

const indent = (text: string): string => text.replaceAll('\n', '\n  ');

type Entries = readonly (readonly [string, Template])[];

/** Something that an expression mentions by its alias, and when it does. */
interface Alias { readonly alias: string; readonly value: string; present?: string | undefined }

class TablePrinter {
  readonly #names = new Map<string, Alias>();
  readonly #values: Alias[] = [];
  readonly #attributes: AttributePrinter;

  constructor(private readonly printer: VelocityPrinter, api: Api, private readonly route: Route, private readonly backend: DirectBackend) {
    this.#attributes = new AttributePrinter(printer, api.schemas);
  }

  #entries(name: string): Entries {
    const template = this.backend.input.get(name);
    return template?.kind === 'object' ? template.entries : [];
  }

  key(): Part { return sure(`"Key": ${this.#attributes.members(this.#entries('key').map(([name, value]) => [name, value, 'key']))}`); }

  /** An item is what the author maps, or the body, with the key in it. */
  item(): Part {
    const key = this.#entries('key');
    const given = this.backend.input.get('item') ?? messageOf(this.route.operation);
    const keys = new Set(key.map(([name]) => name));
    if (given.kind === 'object') return sure(`"Item": ${this.#attributes.members([...key.map(([name, value]): [string, Template, 'key'] => [name, value, 'key']), ...given.entries.filter(([name]) => !keys.has(name))])}`);
    if (given.kind === 'value') this.printer.gap(given.expression, 'its schema does not describe the attributes of an item');
    return sure('"Item": {}');
  }

  /** The alias of an attribute; `present`: when what mentions it is there. */
  #name(attribute: string, present?: string): string {
    const known = this.#names.get(attribute);
    const name = known ?? { alias: `#n${this.#names.size + 1}`, value: jsonText(attribute), present };
    if (present === undefined) name.present = undefined;
    this.#names.set(attribute, name);
    return jsonText(name.alias).slice(1, -1);
  }

  #value(value: string, present?: string): string {
    const alias = `:v${this.#values.length + 1}`;
    this.#values.push({ alias, value, present });
    return alias;
  }

  /** Attributes without a value stay as they are. */
  set(): Part {
    const all = this.#entries('set').map(([attribute, template]) => ({ attribute, template, present: this.#attributes.presence(template) }));
    const pieces = all.map(({ attribute, template, present }) => {
      const piece = `\${sets}${this.#name(attribute, present)} = ${this.#value(this.#attributes.value(template), present)}#set($sets = ", ")`;
      return present === undefined ? piece : `#if(${present})${piece}#end`;
    });
    return { text: `"UpdateExpression": "#set($sets = "SET ")${pieces.join('')}"`, ...either(all) };
  }

  condition(): readonly Part[] {
    const wanted = this.backend.input.get('condition');
    if (!wanted) return [];
    const [[partition = ''] = []] = this.#entries('key');
    if (wanted.kind === 'literal') return [sure(`"ConditionExpression": "attribute_${wanted.value === 'present' ? '' : 'not_'}exists(${this.#name(partition)})"`)];
    const pieces = wanted.kind === 'object' ? wanted.entries.map(([attribute, template]) => `${this.#name(attribute)} = ${this.#value(this.#attributes.value(template))}`) : [];
    return [sure(`"ConditionExpression": "${pieces.join(' AND ')}"`)];
  }

  keyCondition(): Part {
    return sure(`"KeyConditionExpression": "${this.#entries('key').map(([attribute, template]) => `${this.#name(attribute)} = ${this.#value(this.#attributes.key(template))}`).join(' AND ')}"`);
  }

  reading(): readonly Part[] {
    const { input, call } = this.backend;
    const index = input.get('index');
    const limit = input.get('limit');
    const order = input.get('order');
    return [
      ...(index?.kind === 'literal' ? [sure(`"IndexName": ${jsonLiteral(index.value)}`)] : []),
      sure(`"Limit": ${limit ? this.printer.json(limit) : '100'}`),
      ...(call === 'query-items' ? [sure(`"ScanIndexForward": ${order?.kind === 'literal' && order.value === 'descending' ? 'false' : 'true'}`)] : []),
    ];
  }

  /** A name or a value that no expression mentions is refused, and so is an empty map of them. */
  aliases(): readonly Part[] {
    return [this.#mentioned('ExpressionAttributeNames', [...this.#names.values()]), this.#mentioned('ExpressionAttributeValues', this.#values)].flat();
  }

  #mentioned(member: string, all: readonly Alias[]): readonly Part[] {
    if (all.length === 0) return [];
    const entries = all.map(({ alias, value, present }) => {
      const entry = `$separator${jsonText(alias)}: ${value}#set($separator = ",")`;
      return present === undefined ? entry : `#if(${present})${entry}#end`;
    });
    return [{ text: `"${member}": {#set($separator = "")\n${entries.join('\n').replace(/^/gm, '  ')}\n}`, ...either(all) }];
  }
}

/** When there is any of several, none of which is sure. */
const either = (all: readonly { readonly present?: string | undefined }[]): { readonly present?: string } =>
  (all.length > 0 && all.every(({ present }) => present !== undefined) ? { present: all.map(({ present }) => present).join(' || ') } : {});
