import { credentials, serviceAddress } from './aws.js';
import type { Value } from './message.js';
import type { ServiceCall, ServiceName } from './service-call.js';
import { encoded, signedHeaders } from './signature.js';

interface Reply { readonly status: number; text(): Promise<string> }
declare const fetch: (url: string, init: { readonly method: 'POST'; readonly headers: { readonly [name: string]: string }; readonly body: string; readonly redirect: 'error'; readonly signal: unknown }) => Promise<Reply>;
declare const AbortSignal: { timeout(milliseconds: number): unknown };

/** How a service is spoken to (the services' API references): by JSON, or (`query`) by a form that is answered in XML. */
interface Wire { readonly host: string; readonly target: string; readonly version: '1.0' | '1.1' | 'query' }

const wires: { readonly [Service in ServiceName]: Wire } = {
  sqs: { host: 'sqs', target: 'AmazonSQS', version: '1.0' },
  sns: { host: 'sns', target: '2010-03-31', version: 'query' },
  eventbridge: { host: 'events', target: 'AWSEvents', version: '1.1' },
  kinesis: { host: 'kinesis', target: 'Kinesis_20131202', version: '1.1' },
  sfn: { host: 'states', target: 'AWSStepFunctions', version: '1.0' },
};

/** The region that an ARN or the URL of a queue names; a name has none. */
const regionOf = (address: string): string | undefined => /^arn:[^:]*:[^:]*:([^:]+):|^https:\/\/sqs\.([^.]+)\./.exec(address)?.slice(1).find((part) => part !== undefined);

/** Attributes are numbered; all else is a name and a value. */
const formOf = (version: string, { action, input }: ServiceCall): string => {
  const { MessageAttributes: attributes, ...others } = input;
  const numbered = Object.entries((attributes ?? {}) as { readonly [name: string]: { readonly [field: string]: string } }).flatMap(([name, value], index) => [
    [`MessageAttributes.entry.${index + 1}.Name`, name] as const,
    ...Object.entries(value).map(([field, content]) => [`MessageAttributes.entry.${index + 1}.Value.${field}`, content] as const),
  ]);
  return [['Action', action], ['Version', version], ...Object.entries(others), ...numbered].map(([name, value]) => `${name}=${encoded(String(value))}`).join('&');
};

/** JSON where it is any, the fields of an answer in XML, else the text as it came. */
const parsed = (text: string): Value => {
  const fields = [...text.matchAll(/<(MessageId|SequenceNumber)>([^<]*)<\//g)];
  if (fields.length > 0) return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
};

/** What a service answered; a status of 0 where it did not, in time. */
export interface ServiceReply { readonly status: number; readonly body: Value }

/** Makes one call of a service, signed by the function's own role. A service that cannot be reached looks like one that is down. */
export const callService = async (call: ServiceCall, address: string, timeoutMs: number, epochMs: number = Date.now()): Promise<ServiceReply> => {
  const { host: name, target, version } = wires[call.service];
  const { scheme, host, path, region } = serviceAddress(name, call.service, regionOf(address));
  const body = version === 'query' ? formOf(target, call) : JSON.stringify(call.input);
  const type: { readonly [name: string]: string } = version === 'query' ? { 'content-type': 'application/x-www-form-urlencoded' } : { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${call.action}` };
  const headers = signedHeaders({ service: name, region, host, path: `${path}/`, headers: type, body }, credentials(), epochMs);
  try {
    const reply = await fetch(`${scheme}://${host}${path}/`, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    return { status: reply.status, body: parsed(await reply.text()) };
  } catch (error) {
    const { name: kind, message } = error as Error;
    return kind === 'TimeoutError' ? { status: 0, body: `no answer within ${timeoutMs} ms` } : { status: 503, body: message };
  }
};
