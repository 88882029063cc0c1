import type { Answer } from './answer.js';
import type { Incoming, NormalisedRequest } from './message.js';
import { put } from './platform.js';
import { Problem } from './problem.js';
import type { Served } from './serve.js';

type Values = { readonly [name: string]: unknown };

/** What a mapping takes its values from: parameters as their schemas type them, names of headers in lower case. */
export interface MappingFacts {
  readonly method: string;
  readonly url: string;
  readonly params: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly cookies: Values;
  readonly body: unknown;
  /** `requestId`, `stage`, `sourceIp`, `time`, `epochMs`, `domain`, `userAgent`. */
  readonly context: Values;
  /** `principalId`, `scopes`, `claims`; null where nobody was asked. */
  readonly auth: unknown;
  readonly stage: Values;
  readonly response?: { readonly status: number; readonly body: unknown; readonly headers: Values };
}

/** The value that tokens lead to: own properties, and items by their index; nothing where they lead nowhere. */
export const at = (value: unknown, ...tokens: readonly string[]): unknown =>
  tokens.reduce<unknown>((inner, token) => {
    if (Array.isArray(inner)) return /^(?:0|[1-9]\d*)$/.test(token) ? (inner as readonly unknown[])[Number(token)] : undefined;
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, token) ? (inner as Values)[token] : undefined;
  }, value);

export const otherwise = (value: unknown, fallback: unknown): unknown => (value === undefined ? fallback : value);

/** Parts of a text; null and what is absent are empty. */
export const text = (...parts: readonly unknown[]): string =>
  parts.map((part) => (part === undefined || part === null ? '' : typeof part === 'string' ? part : JSON.stringify(part))).join('');

/** A list; what is absent in it is null. */
export const items = (...values: readonly unknown[]): unknown => values.map((item) => (item === undefined ? null : item));

/** An object; what is absent is left out. */
export const fields = (...entries: readonly (readonly [name: string, value: unknown])[]): unknown => {
  const result = {};
  for (const [name, value] of entries) if (value !== undefined) put(result, name, value);
  return result;
};

/** What becomes of an answer: parts that are absent stay as they are. */
export interface MappedAnswer { readonly body?: unknown; readonly headers?: Values }
export type AnswerMapping = readonly [status: number | string, map: (facts: MappingFacts) => MappedAnswer];

export interface Mappings {
  readonly request?: (facts: MappingFacts) => unknown;
  readonly responses?: readonly AnswerMapping[];
}

/** The mapping of a status: its own, its class's, or (for errors) that of whatever is not named. */
const mappingFor = (responses: readonly AnswerMapping[], status: number): AnswerMapping | undefined =>
  [status, `${Math.floor(status / 100)}XX`, ...(status >= 400 ? ['default'] : [])].map((wanted) => responses.find(([each]) => each === wanted)).find((each) => each !== undefined);

interface Input { readonly request: NormalisedRequest['request']; readonly auth: unknown; readonly context: NormalisedRequest['context'] }

const factsOf = ({ request, auth, context }: Input, { requestId, query, path, stageVariables }: Incoming): MappingFacts => ({
  method: request.method,
  url: path + (query.length > 0 ? `?${query.map(([name, value]) => `${name}=${value}`).join('&')}` : ''),
  params: request.params, query: request.query, headers: request.headers, cookies: request.cookies, body: request.body === null ? undefined : request.body,
  context: {
    requestId, stage: context.stage, sourceIp: context.sourceIp, domain: context.domain, time: `${context.receivedAt.slice(0, 19)}Z`, epochMs: Date.parse(context.receivedAt),
    ...(context.userAgent === '' ? {} : { userAgent: context.userAgent }),
  },
  auth, stage: stageVariables,
});

/** A handler that is given what the document maps of its request, and whose answers are mapped before they are checked. */
export const mapped = ({ contract, handle }: Served, { request, responses = [] }: Mappings): Served => ({
  contract,
  handle: async (input: Input, incoming: Incoming): Promise<Answer | Problem> => {
    const facts = factsOf(input, incoming);
    const answer = await handle((request ? { ...input, body: request(facts) } : input) as never, incoming);
    const mapping = answer instanceof Problem ? undefined : mappingFor(responses, answer.status);
    if (!mapping || answer instanceof Problem) return answer;
    const { body, headers } = mapping[1]({ ...facts, response: { status: answer.status, body: answer.body, headers: lowerCase(answer.headers ?? {}) } });
    return { ...answer, ...(body === undefined ? {} : { body }), ...(headers === undefined ? {} : { headers: { ...answer.headers, ...sendable(headers) } }) };
  },
});

/** Headers that have a value; what no header can hold becomes a blank. */
const sendable = (headers: Values): Values => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined && value !== null)
  .map(([name, value]) => [name, text(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ')]));

const lowerCase = (headers: Values): Values => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
