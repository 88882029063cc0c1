import type { Json } from '../../src/base/json.js';
import { outcomeOf } from '../../src/ir/outcome.js';
import type { Api } from '../../src/ir/index.js';
import type { Moto } from './moto.js';
import { directOf, type Direct, type Names } from './services.js';
import { renderAll } from './velocity.js';

/** A request as the gateway has it: values of the path as they were sent, of the header and the query as text. */
export interface Asked {
  readonly operation: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the gateway's own context, beside what each request has. */
  readonly context?: object;
}

export interface Played {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** What the model says that the reply of the service is. */
  readonly fault?: string;
}

interface Integration {
  readonly httpMethod: string;
  readonly uri: string;
  readonly requestParameters?: Readonly<Record<string, string>>;
  readonly responses: Readonly<Record<string, { readonly statusCode: string; readonly responseParameters?: Readonly<Record<string, string>>; readonly responseTemplates?: Readonly<Record<string, string>> }>>;
}
interface Call { readonly asked: Asked; readonly direct: Direct; readonly integration: Integration; readonly sent: { readonly body: string; readonly params: object; readonly context: object; readonly stageVariables: object } }

/** How JSON services are told what is asked of them, where the integration does not say it (API Gateway does). */
const targets: Readonly<Record<string, string>> = { dynamodb: 'DynamoDB_20120810', states: 'AWSStepFunctions', kinesis: 'Kinesis_20131202' };

const valueOf = (text: string, { path = {}, query = {}, headers = {}, context }: Asked): string | undefined => {
  const literal = /^'(.*)'$/.exec(text)?.[1];
  if (literal !== undefined) return literal;
  const [, place = '', name = ''] = /^(?:method\.request\.)?(\w+)\.(.+)$/.exec(text) ?? [];
  if (place === 'context') return name.split('.').reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], context) as string | undefined;
  return { path, querystring: query, header: headers }[place]?.[name];
};

/** The request that goes to the service: its address, what it is told beside the body, and the body. */
const requestOf = ({ asked, integration }: Call, body: string | undefined): { readonly path: string; readonly service: string; readonly init: RequestInit } => {
  const [, service = '', kind = '', place = ''] = /^arn:[^:]*:apigateway:[^:]*:(\w+):(path|action)\/(.*)$/.exec(integration.uri) ?? [];
  const given = (of: string): [string, string][] => Object.entries(integration.requestParameters ?? {}).flatMap(([name, text]): [string, string][] => {
    const value = valueOf(text, asked);
    return name.startsWith(`integration.request.${of}.`) && value !== undefined ? [[name.slice(`integration.request.${of}.`.length), value]] : [];
  });
  const variables = new Map(given('path'));
  const query = new URLSearchParams(given('querystring')).toString();
  const address = kind === 'action' ? '' : place.replace(/\{(\w+)\}/g, (_, name: string) => variables.get(name) ?? '').replace(/^\/+/, '');
  return {
    service,
    path: `/${address}${query === '' ? '' : `?${query}`}`,
    init: {
      method: integration.httpMethod,
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
        ...(kind === 'action' && service in targets ? { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': `${targets[service]}.${place}` } : {}),
        ...Object.fromEntries(given('header')),
      },
      ...(body === undefined || integration.httpMethod === 'GET' ? {} : { body }),
    },
  };
};

const outcome = (direct: Direct, status: number, text: string): string | undefined => {
  const { backend } = direct.route.operation.integration;
  if (backend.kind !== 'service' || !text.startsWith('{')) return undefined;
  const found = outcomeOf(backend, { status, body: JSON.parse(text) as Json });
  return found.kind === 'fault' ? found.fault : undefined;
};

/**
 * Plays the gateway between callers and an emulated account, by the definition that is deployed: Apache Velocity renders what is
 * sent and what is answered, the emulator takes the calls, in their order.
 */
export const play = (api: Api, moto: Moto, names?: Names) => async (all: readonly Asked[]): Promise<readonly Played[]> => {
  const calls = all.map((asked): Call => {
    const direct = directOf(api, asked.operation, names);
    if (direct.service.gaps.length > 0) throw new Error(`${asked.operation} has gaps`);
    const { body = '', path = {}, query = {}, headers = {}, context = {} } = asked;
    return { asked, direct, integration: direct.integration as unknown as Integration, sent: { body, params: { path, querystring: query, header: headers }, context: { requestId: 'r', extendedRequestId: 'x', ...context }, stageVariables: {} } };
  });
  const requests = renderAll(calls.map(({ direct, sent }) => ({ template: direct.request ?? '', request: sent })));
  const replies: { readonly status: number; readonly text: string; readonly headers: Headers }[] = [];
  for (const [index, call] of calls.entries()) {
    const { output, error } = requests[index] ?? {};
    if (error !== undefined) throw new Error(`${call.asked.operation}: ${error}`);
    const { path, init } = requestOf(call, call.direct.request === undefined ? call.asked.body : output);
    const response = await fetch(`${moto.url}${path}`, init);
    replies.push({ status: response.status, text: await response.text(), headers: response.headers });
  }
  const replied = calls.map(({ integration }, index) => {
    const status = String(replies[index]?.status);
    return integration.responses[Object.keys(integration.responses).find((pattern) => pattern !== 'default' && new RegExp(`^(?:${pattern})$`).test(status)) ?? 'default'];
  });
  const answers = renderAll(calls.map(({ sent }, index) => ({ template: replied[index]?.responseTemplates?.['application/json'] ?? '', request: { ...sent, body: replies[index]?.text ?? '' } })));
  return calls.map(({ direct, asked }, index): Played => {
    const { output = '', error, responseOverride } = answers[index] ?? {};
    if (error !== undefined) throw new Error(`${asked.operation}: ${error}`);
    const reply = replied[index];
    const { status = 0, text = '', headers = new Headers() } = replies[index] ?? {};
    const fault = outcome(direct, status, text);
    return {
      status: responseOverride?.status ?? Number(reply?.statusCode),
      text: reply?.responseTemplates ? output : text,
      headers: Object.fromEntries([
        ...Object.entries(reply?.responseParameters ?? {}).flatMap(([name, value]): [string, string][] => {
          const found = /^integration\.response\.header\.(.+)$/.exec(value)?.[1];
          const own = found === undefined ? /^'(.*)'$/.exec(value)?.[1] : headers.get(found);
          return own === undefined || own === null ? [] : [[name.replace('method.response.header.', '').toLowerCase(), own]];
        }),
        ...Object.entries(responseOverride?.header ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const),
      ]),
      ...(fault === undefined ? {} : { fault }),
    };
  });
};
