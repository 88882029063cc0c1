import { define, isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { facets, typesOf } from '../../expressions/walk.js';
import type { Api, Schema } from '../../ir/index.js';
import { fromItem, type Item } from './attribute.js';
import type { ServiceRequest } from './request.js';

type Schemas = Api['schemas'];

const itemIn = (reply: JsonObject, name: string): Json | undefined => {
  const item = own(reply, name);
  return item === undefined ? undefined : fromItem(item as Item);
};

const propertiesOf = (schema: Schema | undefined, schemas: Schemas): ReadonlyMap<string, Schema> =>
  new Map((schema ? facets(schema, schemas) : []).flatMap(({ properties }) => [...(properties ?? [])]));

/** What of a value its schema describes: an item may have more than callers are to be told. */
const described = (value: Json, schema: Schema | undefined, schemas: Schemas): Json => {
  if (Array.isArray(value)) {
    const [items] = schema ? facets(schema, schemas).flatMap((facet) => facet.items ?? []) : [];
    return (value as readonly Json[]).map((item) => described(item, items, schemas));
  }
  const properties = propertiesOf(schema, schemas);
  if (!isObject(value) || properties.size === 0) return value;
  const object = {};
  for (const [name, property] of properties) {
    const found = own(value, name);
    if (found !== undefined) define(object, name, described(found, property, schemas));
  }
  return object as JsonObject;
};

/** A list of items, or an object that has them in its only list; a property `count` says how many they are. */
const listed = (items: readonly Json[], schema: Schema | undefined, schemas: Schemas): Json => {
  if (!schema || typesOf(schema, schemas).includes('array')) return described(items, schema, schemas);
  const properties = propertiesOf(schema, schemas);
  const [[name, list] = ['items', undefined]] = [...properties].filter(([, property]) => typesOf(property, schemas).includes('array'));
  return { [name]: described(items, list, schemas), ...(properties.has('count') ? { count: items.length } : {}) };
};

/** What a caller is told of a reply where the author mapped nothing: of items what the declared answer describes, of others what the service said. */
export const plainReply = ({ call, input, message }: ServiceRequest, body: Json | undefined, schema: Schema | undefined, schemas: Schemas): Json | undefined => {
  const reply = body !== undefined && isObject(body) ? body : {};
  const item = (value: Json | undefined): Json | undefined => (value === undefined ? undefined : described(value, schema, schemas));
  switch (call) {
    case 'get-item': return item(itemIn(reply, 'Item'));
    case 'update-item': case 'delete-item': return item(itemIn(reply, 'Attributes'));
    case 'query-items': case 'scan-items': return listed(((own(reply, 'Items') ?? []) as readonly Item[]).map(fromItem), schema, schemas);
    // A table does not tell what it was given to store.
    case 'put-item': return item({ ...((own(input, 'item') ?? message) as JsonObject), ...((own(input, 'key') ?? {}) as JsonObject) });
    case 'put-object': return undefined;
    default: return body;
  }
};
