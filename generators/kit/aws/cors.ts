import type { Api, Cors, Method } from '../../../src/ir/index.js';
import type { CloudObject, CloudValue } from './cloud-text.js';

const httpOrigin = /^https?:\/\/[A-Za-z0-9.\-:[\]]+$/;

/** Origins that can be compared and written as they are; anything else was refused before. */
const plainOrigins = (cors: Cors): string[] => cors.origins.filter((origin) => origin === '*' || httpOrigin.test(origin));

/** Static headers for answers of the gateway itself: with several origins, only the first can be named there. */
export const staticCorsHeaders = (api: Api): Readonly<Record<string, string>> => {
  const { cors } = api;
  if (!cors) return {};
  const [first = ''] = plainOrigins(cors);
  return {
    'Access-Control-Allow-Origin': `'${first}'`,
    ...(first === '*' ? {} : { Vary: "'Origin'" }),
    ...(cors.credentials ? { 'Access-Control-Allow-Credentials': "'true'" } : {}),
    ...(cors.expose.length > 0 ? { 'Access-Control-Expose-Headers': `'${cors.expose.join(',')}'` } : {}),
  };
};

/** The preflight answer of one path of a REST API: a mock, open to everyone, since browsers send no credentials with it. */
export const preflight = (cors: Cors, methods: readonly Method[], requestHeaders: readonly string[], binary: boolean): CloudObject => {
  const origins = plainOrigins(cors);
  const headers: Record<string, string> = {
    'Access-Control-Allow-Methods': `'${[...methods, 'OPTIONS'].join(',')}'`,
    'Access-Control-Allow-Headers': `'${requestHeaders.join(',')}'`,
    'Access-Control-Max-Age': `'${cors.maxAgeSeconds}'`,
    ...(cors.credentials ? { 'Access-Control-Allow-Credentials': "'true'" } : {}),
    'Access-Control-Allow-Origin': `'${origins[0] ?? ''}'`,
    ...(origins.length > 1 ? { Vary: "'Origin'" } : {}),
  };
  const names = Object.keys(headers).sort();
  const several: CloudObject = origins.length > 1 ? { responseTemplates: { 'application/json': originTemplate(origins) } } : {};
  return {
    summary: 'CORS preflight',
    security: [],
    'x-amazon-apigateway-auth': { type: 'NONE' },
    responses: { 204: { description: 'What browsers may send', headers: Object.fromEntries(names.map((name): [string, CloudValue] => [name, { schema: { type: 'string' } }])) } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      ...(binary ? { contentHandling: 'CONVERT_TO_TEXT' } : {}),
      passthroughBehavior: 'when_no_match',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: { default: { statusCode: '204', responseParameters: Object.fromEntries(names.map((name) => [`method.response.header.${name}`, headers[name] as string])), ...several } },
    },
  };
};

/** A header holds one origin: the caller's is given back when it is among the allowed ones. */
const originTemplate = (origins: readonly string[]): string => originLines(origins).join('\n');

const originLines = (origins: readonly string[]): readonly string[] =>
  [
    '#set($origin = $input.params("origin"))',
    '#if($origin == "")#set($origin = $input.params("Origin"))#end',
    `#if(${origins.map((origin) => `$origin == "${origin}"`).join(' || ')})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ];

/** What an answer of the gateway's own making says to other origins: static headers, and template lines that print nothing. */
export const answerCors = (api: Api): { readonly headers: Readonly<Record<string, string>>; readonly lines: readonly string[] } => {
  const { cors } = api;
  if (!cors) return { headers: {}, lines: [] };
  const origins = plainOrigins(cors);
  return { headers: staticCorsHeaders(api), lines: origins.length > 1 ? originLines(origins) : [] };
};
