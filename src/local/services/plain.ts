import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { fromItem, type Item } from './attribute.js';
import type { ServiceRequest } from './request.js';

const itemIn = (reply: JsonObject, name: string): Json | undefined => {
  const item = own(reply, name);
  return item === undefined ? undefined : fromItem(item as Item);
};

/** What a caller is told of a reply where the author mapped nothing: items as JSON, and of services that only take something, what they took it as. */
export const plainReply = ({ call, input, message }: ServiceRequest, body: Json | undefined): Json | undefined => {
  const reply = body !== undefined && isObject(body) ? body : {};
  switch (call) {
    case 'get-item': return itemIn(reply, 'Item');
    case 'update-item': return itemIn(reply, 'Attributes');
    case 'query-items': return ((own(reply, 'Items') ?? []) as readonly Item[]).map(fromItem);
    case 'put-item': return { ...((own(input, 'item') ?? message) as JsonObject), ...((own(input, 'key') ?? {}) as JsonObject) };
    case 'delete-item': case 'put-object': return undefined;
    default: return body;
  }
};
