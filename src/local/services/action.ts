import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { invalid } from './failure.js';

/** One call of a service's API, as its JSON wire format has it. Bytes are base64. */
export interface ApiCall { readonly service: ServiceName; readonly action: string; readonly input: JsonObject }
export type ServiceName = 'sqs' | 'sns' | 'eventbridge' | 'kinesis' | 'sfn' | 'dynamodb' | 's3';

/** What a service answers; an error has its code in `__type`. */
export interface ServiceReply { readonly status: number; readonly body: Json }

/** What does a call: the embedded services, or real ones. */
export type CallApi = (call: ApiCall) => Promise<ServiceReply>;

export type Action = (input: JsonObject) => Json | Promise<Json>;
export type Actions = { readonly [action: string]: Action };

export const textIn = (input: JsonObject, name: string): string | undefined => {
  const value = own(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`${name} is not a text`);
  return value;
};

export const neededIn = (input: JsonObject, name: string): string => {
  const value = textIn(input, name);
  if (value === undefined) throw invalid(`1 validation error detected: ${name} must not be null`);
  return value;
};

export const numberIn = (input: JsonObject, name: string): number | undefined => {
  const value = own(input, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw invalid(`${name} is not a number`);
  return value;
};

export const listIn = (input: JsonObject, name: string): readonly JsonObject[] => {
  const value = own(input, name);
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
};

export const objectIn = (input: JsonObject, name: string): JsonObject | undefined => {
  const value = own(input, name) ?? null;
  return isObject(value) ? value : undefined;
};

/** An object without what is absent. */
export const present = (entries: { readonly [name: string]: Json | undefined }): JsonObject => Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, Json] => entry[1] !== undefined));
