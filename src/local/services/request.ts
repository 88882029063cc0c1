import type { Json, JsonObject } from '../../base/json.js';
import { isObject, own } from '../../base/json.js';
import type { Resource, ServiceCall } from '../../ir/index.js';
import { gatewayReply as inGatewayForm, serviceCall } from '../../runtime/service-call.js';
import { present, type ApiCall, type ServiceReply } from './action.js';
import { toAttribute, toItem } from './attribute.js';

/** One call that the gateway makes by itself, its templates evaluated. */
export interface ServiceRequest {
  /** Key of `Api.resources`. */
  readonly resource: string;
  readonly call: ServiceCall;
  readonly input: { readonly [argument: string]: Json };
  readonly message: Json;
  /** What the caller follows the work by, for its worker. */
  readonly tracking?: string;
  /** The bytes that came, and their media type: what an object is made of. */
  readonly content?: { readonly bytes: Uint8Array; readonly type: string };
}

const textOf = (value: Json | undefined): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
/** An argument that came out empty is not sent. */
const optional = (value: Json | undefined): string | undefined => (textOf(value) === '' ? undefined : textOf(value));

const seconds = (value: Json | undefined): number | undefined => (textOf(value) === '' ? undefined : Number(value));

/** Names and values of an expression, numbered. */
class Substitutions {
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, Json> = {};
  name(attribute: string): string {
    const key = `#n${Object.keys(this.#names).length}`;
    this.#names[key] = attribute;
    return key;
  }
  equals(attribute: string, value: Json): string {
    const key = `:v${Object.keys(this.#values).length}`;
    this.#values[key] = toAttribute(value);
    return `${this.name(attribute)} = ${key}`;
  }
  /** What of a request the expressions were written with. */
  get fields(): JsonObject {
    return present({
      ExpressionAttributeNames: Object.keys(this.#names).length === 0 ? undefined : this.#names,
      ExpressionAttributeValues: Object.keys(this.#values).length === 0 ? undefined : this.#values,
    });
  }
}

const entriesOf = (value: Json | undefined): readonly (readonly [string, Json])[] => (value !== undefined && isObject(value) ? Object.entries(value) : []);

const conditionOf = ({ input }: ServiceRequest, partition: string, substitutions: Substitutions): string | undefined => {
  const condition = own(input, 'condition');
  if (condition === 'absent') return `attribute_not_exists(${substitutions.name(partition)})`;
  if (condition === 'present') return `attribute_exists(${substitutions.name(partition)})`;
  const parts = entriesOf(condition).map(([name, value]) => substitutions.equals(name, value));
  return parts.length === 0 ? undefined : parts.join(' AND ');
};

type TableCall = Extract<ServiceCall, 'get-item' | 'put-item' | 'update-item' | 'delete-item' | 'query-items' | 'scan-items'>;
const tableRequests: { readonly [call in TableCall]: (request: ServiceRequest, partition: string) => readonly [action: string, input: JsonObject] } = {
  'get-item': ({ input }) => ['GetItem', { Key: toItem(Object.fromEntries(entriesOf(own(input, 'key')))) }],
  'put-item': (request, partition) => {
    const { input, message } = request;
    const substitutions = new Substitutions();
    const condition = conditionOf(request, partition, substitutions);
    const item = { ...Object.fromEntries(entriesOf(own(input, 'item') ?? message)), ...Object.fromEntries(entriesOf(own(input, 'key'))) };
    return ['PutItem', present({ Item: toItem(item), ConditionExpression: condition, ...substitutions.fields })];
  },
  'update-item': (request, partition) => {
    const substitutions = new Substitutions();
    const sets = entriesOf(own(request.input, 'set')).map(([name, value]) => substitutions.equals(name, value));
    const condition = conditionOf(request, partition, substitutions);
    return ['UpdateItem', present({
      Key: toItem(Object.fromEntries(entriesOf(own(request.input, 'key')))), ReturnValues: 'ALL_NEW',
      UpdateExpression: sets.length === 0 ? undefined : `SET ${sets.join(', ')}`, ConditionExpression: condition, ...substitutions.fields,
    })];
  },
  'delete-item': (request, partition) => {
    const substitutions = new Substitutions();
    const condition = conditionOf(request, partition, substitutions);
    return ['DeleteItem', present({ Key: toItem(Object.fromEntries(entriesOf(own(request.input, 'key')))), ReturnValues: 'ALL_OLD', ConditionExpression: condition, ...substitutions.fields })];
  },
  'query-items': ({ input }) => {
    const substitutions = new Substitutions();
    const condition = entriesOf(own(input, 'key')).map(([name, value]) => substitutions.equals(name, value)).join(' AND ');
    return ['Query', present({ KeyConditionExpression: condition, IndexName: optional(own(input, 'index')), Limit: seconds(own(input, 'limit')), ScanIndexForward: own(input, 'order') !== 'descending', ...substitutions.fields })];
  },
  'scan-items': ({ input }) => ['Scan', present({ IndexName: optional(own(input, 'index')), Limit: seconds(own(input, 'limit')) })],
};

const isTableCall = (call: ServiceCall): call is TableCall => Object.hasOwn(tableRequests, call);

/** The call as its service's API has it; nothing for what no service does by itself. The address is the resource's own. */
export const apiCallOf = (request: ServiceRequest, resource: Resource, address: string): ApiCall | undefined => {
  const { call, input, content } = request;
  const key = textOf(own(input, 'key'));
  if (isTableCall(call)) {
    if (resource.kind !== 'table') return undefined;
    const [action, fields] = tableRequests[call](request, resource.key.partition);
    return { service: 'dynamodb', action, input: { TableName: address, ...fields } };
  }
  switch (call) {
    case 'send-message': case 'publish': case 'put-event': case 'put-record': case 'start-run': case 'run-and-wait': return serviceCall({ ...request, call }, address);
    case 'get-object': return { service: 's3', action: 'GetObject', input: { Bucket: address, Key: key } };
    case 'list-objects': return { service: 's3', action: 'ListObjectsV2', input: present({ Bucket: address, Prefix: optional(own(input, 'key')) }) };
    case 'put-object': return { service: 's3', action: 'PutObject', input: present({ Bucket: address, Key: key, Body: Buffer.from(content?.bytes ?? []).toString('base64'), ContentType: content?.type }) };
    default: return undefined;
  }
};

/** A reply in the form in which the gateway is answered. */
export const gatewayReply = (made: ApiCall, { status, body }: ServiceReply): ServiceReply => ({ status, body: status < 300 ? inGatewayForm(made, body as never) : body });
