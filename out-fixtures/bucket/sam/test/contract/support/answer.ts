import { essence, select } from '../../../generated/runtime/media-type.js';
import type { AnswerPlan, ApiPlan, Json, JsonSchema, Plan } from './plan.js';
import { faultsOf } from './schema.js';
import type { Reply } from './session.js';

/** Something of an answer that is not as promised, and where the promise stands. */
export interface Broken { readonly message: string; readonly at: string }

/** Words of a program that speaks of itself: nothing of them is a caller's business. */
const leaks: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\n\s+at (?:async )?[\w$.<>[\] ]+ \(?(?:file:|node:|[A-Z]:\\|\/)?[^\s)]*:\d+/, 'a stack trace'],
  [/\\n\s+at (?:async )?[\w$.<>[\] ]+ \(?(?:file:|node:|[A-Z]:\\|\/)?[^\s)]*:\d+/, 'a stack trace'],
  [/(?:file:\/\/|\/)[\w./@-]+\.(?:[cm]?[jt]s):\d+/, 'a place in the source'],
  [/node_modules\//, 'a path of the source'],
  [/Traceback \(most recent call last\)/, 'a stack trace'],
  [/\bSQLSTATE\b|\bORA-\d{5}\b|You have an error in your SQL syntax/, 'an error of a database'],
  [/\b(?:TypeError|ReferenceError|RangeError|SyntaxError): /, 'an error of the program'],
  [/-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/, 'a secret'],
];

export const leaksOf = ({ text, headers }: Reply, at: string): readonly Broken[] => [
  ...leaks.filter(([pattern]) => pattern.test(text)).map(([, what]) => ({ message: `the body has ${what}`, at })),
  ...(headers.get('x-powered-by') === null ? [] : [{ message: `the header x-powered-by tells what runs there: ${headers.get('x-powered-by') ?? ''}`, at }]),
];

/** What is declared for a status: itself, its class, or all the others. */
export const declared = (answers: readonly AnswerPlan[], status: number): AnswerPlan | undefined =>
  [status, `${Math.floor(status / 100)}XX`, 'default'].map((wanted) => answers.find((answer) => answer.status === wanted)).find((answer) => answer !== undefined);

/** What of an answer is none of what the operation declares. */
export const brokenAnswer = (api: ApiPlan, plan: Plan, reply: Reply, closed: boolean): readonly Broken[] => {
  if (reply.status === 501 && !plan.answers.some(({ status }) => status === 501)) return [{ message: 'the operation is not written yet (501)', at: plan.at }];
  const answer = declared(plan.answers, reply.status);
  if (!answer) return [{ message: `the status ${reply.status} is not declared`, at: plan.at }, ...leaksOf(reply, plan.at)];
  return [
    ...(reply.status >= 500 && answer.status === 'default' ? [{ message: `the status ${reply.status} is a fault of the server`, at: answer.at }] : []),
    ...headersOf(api, answer, reply, closed), ...(plan.method === 'HEAD' ? [] : bodyOf(api, answer, reply, closed)), ...policyHeaders(plan, reply), ...leaksOf(reply, answer.at),
  ];
};

const headersOf = (api: ApiPlan, { headers = [], at }: AnswerPlan, reply: Reply, closed: boolean): readonly Broken[] => headers.flatMap(({ name, required, schema }) => {
  const text = reply.headers.get(name);
  if (text === null) return required ? [{ message: `the header \`${name}\` is missing`, at: `${at}/headers/${name}` }] : [];
  return faultsOf(schema, typed(text, schema, api), { schemas: api.schemas, closed }).map(({ message }) => ({ message: `the header \`${name}\` ${message}: ${text}`, at: `${at}/headers/${name}` }));
});

/** The text of a header as the schema means it. */
const typed = (text: string, schema: JsonSchema, api: ApiPlan): Json => {
  const target = typeof schema['$ref'] === 'string' ? (api.schemas[schema['$ref']] ?? schema) : schema;
  const types = [target['type']].flat();
  if (types.includes('string') || target['type'] === undefined) return text;
  if (types.includes('array')) return text.split(',').map((item) => item.trim());
  if ((types.includes('integer') || types.includes('number')) && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
};

const bodyOf = (api: ApiPlan, { contents = [], at, status }: AnswerPlan, reply: Reply, closed: boolean): readonly Broken[] => {
  const type = reply.headers.get('content-type') ?? '';
  if (contents.length === 0) return reply.text === '' ? [] : [{ message: `the answer ${status} is declared without a body, and has one`, at }];
  if (reply.text === '' && (reply.status === 204 || reply.status === 304)) return [];
  const content = select(contents, essence(type));
  if (!content) return [{ message: type === '' ? 'the answer has no content-type' : `the type ${type} is not declared; ${contents.map(({ mediaType }) => mediaType).join(', ')} is`, at }];
  if (!content.json) return [];
  if (reply.json === undefined) return [{ message: 'the body is no JSON', at }];
  return content.schema ? faultsOf(content.schema, reply.json, { schemas: api.schemas, closed }).map(({ pointer, message }) => ({ message: `body#${pointer} ${message}`, at: `${at}/content` })) : [];
};

/** Headers that the edge sets and removes on every answer. */
const policyHeaders = ({ headers, cacheControl, at }: Plan, reply: Reply): readonly Broken[] => [
  ...(headers?.set ?? []).filter(([name, value]) => reply.headers.get(name) !== value).map(([name, value]) => ({ message: `the header \`${name}\` is to be ${value}, and is ${reply.headers.get(name) ?? 'missing'}`, at: headers?.at ?? at })),
  ...(headers?.removed ?? []).filter((name) => reply.headers.get(name) !== null).map((name) => ({ message: `the header \`${name}\` is to be removed, and is there`, at: headers?.at ?? at })),
  ...(cacheControl !== undefined && reply.status < 300 && !isAsPrivate(cacheControl, reply.headers.get('cache-control')) ? [{ message: `the header \`cache-control\` is to be ${cacheControl}, and is ${reply.headers.get('cache-control') ?? 'missing'}`, at }] : []),
];

/** Whether no more caches may keep an answer than are to; code may say that fewer may. */
const isAsPrivate = (promised: string, said: string | null): boolean => said !== null && (!promised.startsWith('private') || /\b(?:private|no-store|no-cache)\b/i.test(said));

/** What is wrong with an error: not one of these statuses, or not in the envelope. */
export const brokenError = ({ envelope, schemas }: ApiPlan, reply: Reply, statuses: readonly number[], at: string, enveloped = true): readonly Broken[] => {
  if (!statuses.includes(reply.status)) return [{ message: `the status is to be ${statuses.join(' or ')}, and is ${reply.status}`, at }, ...leaksOf(reply, at)];
  const type = reply.headers.get('content-type') ?? '';
  return [
    ...(enveloped && essence(type) !== essence(envelope.mediaType) ? [{ message: `the error is to be ${envelope.mediaType}, and is ${type === '' ? 'of no type' : type}`, at: envelope.at }] : []),
    ...(enveloped ? (reply.json === undefined ? [{ message: 'the error is no JSON', at: envelope.at }] : faultsOf(envelope.schema, reply.json, { schemas, closed: true }).map(({ pointer, message }) => ({ message: `the error's body#${pointer} ${message}`, at: envelope.at }))) : []),
    ...leaksOf(reply, at),
  ];
};
