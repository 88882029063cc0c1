/** Pinned, installed into a folder of the benchmark's own; the newest that run on Node 20. */
export const packages = [
  'ajv@8.20.0', 'ajv-formats@3.0.1', '@middy/core@6.4.5', '@middy/http-json-body-parser@6.4.5', '@middy/validator@6.4.5', '@middy/http-error-handler@6.4.5',
  '@middy/http-header-normalizer@6.4.5', '@middy/util@6.4.5',
  '@aws-lambda-powertools/parser@2.35.0', 'zod@4.6.7', 'openapi-backend@5.21.2',
];

const stored = "{ ...body, claimId: '0192d1b2-7c3e-7b7a-9b64-000000000001', state: 'filed' }";
const answer = "const answer = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });";

/**
 * What a careful developer writes for this one operation: who calls, the media type, the size, the header, the body by
 * ajv's own validator printed ahead of time, and an answer with the id of the request. Nothing general.
 */
const byHand = `import validate from './validate.js';
const answer = (statusCode, type, body, requestId) => ({ statusCode, headers: { 'content-type': type, 'x-request-id': requestId }, body: JSON.stringify(body), isBase64Encoded: false });
const problem = (status, title, requestId, errors) => answer(status, 'application/problem+json', { type: 'about:blank', title, status, requestId, errors }, requestId);
const fileClaim = async ({ body }) => (${stored});
export const handler = async (event) => {
  const headers = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const requestId = headers['x-request-id'] ?? event.requestContext.requestId;
  try {
    const { claims, scopes } = event.requestContext.authorizer?.jwt ?? {};
    if (!claims) return problem(401, 'Unauthorized', requestId);
    if (!scopes?.includes('claims')) return problem(403, 'Forbidden', requestId);
    const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body ?? '';
    if (Buffer.byteLength(text) > 262144) return problem(413, 'Content Too Large', requestId);
    if ((headers['content-type'] ?? '').split(';')[0].trim().toLowerCase() !== 'application/json') return problem(415, 'Unsupported Media Type', requestId);
    const key = headers['idempotency-key'];
    if (key === undefined || key.length > 64) return problem(400, 'Bad Request', requestId, [{ in: 'header', name: 'idempotency-key' }]);
    let body;
    try { body = JSON.parse(text); } catch { return problem(400, 'Bad Request', requestId, [{ in: 'body' }]); }
    if (!validate(body)) return problem(400, 'Bad Request', requestId, validate.errors);
    return answer(201, 'application/json', await fileClaim({ body, auth: { principalId: claims.sub, scopes, claims } }), requestId);
  } catch (error) {
    console.error(error);
    return problem(500, 'Internal Server Error', requestId);
  }
};
`;

/** The body and nothing else. */
const bare = `import validate from './validate.js';
${answer}
export const handler = async (event) => {
  let body;
  try { body = JSON.parse(event.body); } catch { return answer(400, { message: 'not JSON' }); }
  return validate(body) ? answer(201, ${stored}) : answer(400, validate.errors);
};
`;

/** The body alone. */
const middy = `import middy from '@middy/core';
import parse from '@middy/http-json-body-parser';
import check from '@middy/validator';
import errors from '@middy/http-error-handler';
import validate from './validate.js';
${answer}
const event = Object.assign(({ body }) => { const fits = validate(body); event.errors = validate.errors; return fits; }, { errors: null });
export const handler = middy().use(errors({ logger: false })).use(parse()).use(check({ eventSchema: event })).handler(async ({ body }) => answer(201, ${stored}));
`;

/** What the document says of this operation, as the library is meant to be used: a middleware each for headers and body, and one of the user's own for the caller and the size. */
const middyWhole = `import middy from '@middy/core';
import normalize from '@middy/http-header-normalizer';
import parse from '@middy/http-json-body-parser';
import check from '@middy/validator';
import errors from '@middy/http-error-handler';
import { createError } from '@middy/util';
import validate from './validate-event.js';
const event = Object.assign((given) => { const fits = validate(given); event.errors = validate.errors; return fits; }, { errors: null });
const admit = { before: ({ event: { requestContext, body, isBase64Encoded } }) => {
  const { claims, scopes } = requestContext.authorizer?.jwt ?? {};
  if (!claims) throw createError(401, 'Unauthorized');
  if (!scopes?.includes('claims')) throw createError(403, 'Forbidden');
  if (Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8') > 262144) throw createError(413, 'Content Too Large');
} };
const identify = { after: (request) => { request.response.headers['x-request-id'] = request.event.headers['x-request-id'] ?? request.event.requestContext.requestId; } };
export const handler = middy().use(errors({ logger: false })).use(normalize()).use(admit).use(parse()).use(check({ eventSchema: event })).use(identify)
  .handler(async ({ body }) => ({ statusCode: 201, headers: { 'content-type': 'application/json' }, body: JSON.stringify(${stored}), isBase64Encoded: false }));
`;

/** The body alone, by the parser alone: its envelope for this gateway holds the whole event against a schema, which costs twenty times as much. */
const powertools = `import { parse } from '@aws-lambda-powertools/parser';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { z } from 'zod';
${answer}
const claim = z.object({ policyNumber: z.string().regex(/^[A-Z]{2}[0-9]{8}$/).max(10), amount: z.int().min(1).max(10000000), note: z.string().max(2000).optional() });
const schema = z.object({ body: JSONStringified(claim) });
export const handler = async (event) => {
  const given = parse(event, undefined, schema, true);
  if (!given.success) return answer(400, { message: given.error.message });
  const { body } = given.data;
  return answer(201, ${stored});
};
`;

/** What the document says of this operation: the parts of the event that matter by one schema, and by hand what is not the shape of an event. */
const powertoolsWhole = `import { parse } from '@aws-lambda-powertools/parser';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { z } from 'zod';
const answer = (statusCode, body, requestId) => ({ statusCode, headers: { 'content-type': 'application/json', 'x-request-id': requestId }, body: JSON.stringify(body), isBase64Encoded: false });
const claim = z.object({ policyNumber: z.string().regex(/^[A-Z]{2}[0-9]{8}$/).max(10), amount: z.int().min(1).max(10000000), note: z.string().max(2000).optional() });
const schema = z.object({
  requestContext: z.object({ requestId: z.string(), authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()), scopes: z.array(z.string()) }) }).optional() }),
  headers: z.object({ 'content-type': z.string().optional(), 'idempotency-key': z.string().max(64), 'x-request-id': z.string().optional() }),
  body: JSONStringified(claim),
});
export const handler = async ({ headers: sent, ...event }) => {
  const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  const requestId = headers['x-request-id'] ?? event.requestContext.requestId;
  const { claims, scopes } = event.requestContext.authorizer?.jwt ?? {};
  if (!claims) return answer(401, { message: 'Unauthorized' }, requestId);
  if (!scopes?.includes('claims')) return answer(403, { message: 'Forbidden' }, requestId);
  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body ?? '';
  if (Buffer.byteLength(text) > 262144) return answer(413, { message: 'Content Too Large' }, requestId);
  if ((headers['content-type'] ?? '').split(';')[0].trim().toLowerCase() !== 'application/json') return answer(415, { message: 'Unsupported Media Type' }, requestId);
  const given = parse({ ...event, headers, body: text }, undefined, schema, true);
  if (!given.success) return answer(400, { message: given.error.message }, requestId);
  const { body } = given.data;
  return answer(201, ${stored}, requestId);
};
`;

const backend = `import { OpenAPIBackend } from 'openapi-backend';
import definition from './openapi.json';
${answer}
const api = new OpenAPIBackend({ definition, quick: true, handlers: {
  fileClaim: async ({ request: { requestBody: body } }) => answer(201, ${stored}),
  validationFail: async ({ validation: { errors } }) => answer(400, errors),
  notFound: async () => answer(404, {}),
} });
const ready = api.init();
export const handler = async (event) => {
  await ready;
  return api.handleRequest({ method: event.requestContext.http.method, path: event.rawPath.replace('/prod', ''), query: event.rawQueryString, headers: event.headers, body: event.body });
};
`;

/** Handlers of the same operation; each gives 201 to the good request and 400 to the bad one. `alone`: of nothing but ajv, which is here. */
export const peers = [
  { name: 'by hand around ajv standalone (caller, type, size, header, body, id)', source: byHand, alone: true },
  { name: 'ajv standalone and nothing else', source: bare, alone: true },
  { name: 'middy 6 with the same validator, for all that the document says', source: middyWhole },
  { name: 'middy 6, the body alone', source: middy },
  { name: 'powertools parser 2 with zod, for all that the document says', source: powertoolsWhole },
  { name: 'powertools parser 2 with zod, the body alone', source: powertools },
  { name: 'openapi-backend 5', source: backend },
];
