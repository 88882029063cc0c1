import { isObject, type Json } from '../../base/json.js';
import { signed } from '../auth/signature.js';
import type { WireRequest } from '../exchange.js';
import type { ServiceReply } from '../services/action.js';

/** One action of a service as it goes over the wire, but for the host and the signature. */
export interface ActionCall { readonly service: string; readonly method: string; readonly path: string; readonly headers: WireRequest['headers']; readonly body: string }

/** Sends an action to services somewhere else. */
export type SendAction = (call: ActionCall) => Promise<ServiceReply>;

/** Services that are signed for by another name than their endpoint begins with (service authorization reference). */
const signingNames: Readonly<Record<string, string>> = { email: 'ses', 'runtime.sagemaker': 'sagemaker' };

/** Sends to one endpoint for all services, as `AWS_ENDPOINT_URL` names one; credentials and region are the environment's. */
export const createSender = (endpoint: string): SendAction => async ({ service, method, path, headers, body }) => {
  const url = new URL(path, endpoint);
  const { AWS_REGION: region = 'us-east-1', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: token } = process.env;
  const request: WireRequest = { method, path: url.pathname, query: url.search.slice(1), headers: [...headers, ['host', url.host], ['accept', 'application/json'], ...(token === undefined ? [] : [['x-amz-security-token', token] as const])], body: Buffer.from(body), sourceIp: '' };
  const all = signed(request, signingNames[service] ?? service, region, { accessKeyId, secretAccessKey }, Date.now());
  try {
    const response = await fetch(url, { method, headers: all.filter(([name]) => name !== 'host').map(([name, value]): [string, string] => [name, value]), redirect: 'manual', ...(body === '' ? {} : { body }) });
    return { status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    return { status: 503, body: { __type: 'Error', message: error instanceof Error ? error.message : String(error) } };
  }
};

/** JSON where it is an object, else the text as it came: many services speak XML. */
const parsed = (text: string): Json => {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) || Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
};
