import { encodeAnswer, type Answer } from './answer.js';
import { readBody, type ReadBody } from './body.js';
import type { AuthContract, OperationContract, ParameterContract } from './contract.js';
import type { Converted } from './convert.js';
import { envelope, title } from './envelope.js';
import { cookieFields, sent } from './gateway.js';
import { edited, handed, type corsHeaders } from './headers.js';
import type { Auth, Incoming, NormalisedRequest, Outgoing } from './message.js';
import { decodeParameter } from './parameters.js';
import { decode, log, put } from './platform.js';
import { Problem, type Violation } from './problem.js';
import { resources } from './resources.js';
import { router, type Routed, type Variables } from './route.js';
import { explainParameters } from './violations.js';

/** An operation with the code that does it. */
export interface Served {
  readonly contract: OperationContract;
  /** Code of the compiler's own is also told how the request came, and may answer with a problem. */
  readonly handle: (input: never, incoming: Incoming) => Answer | Problem | Promise<Answer | Problem>;
  /** Where its route answers several versions: the one that a caller asks for, or why there is none. */
  readonly choose?: (asked: string | undefined) => Served | Problem;
  /** The header that asks, in lower case. */
  readonly versionedBy?: string;
}

/** Binds a handler to its contract. What it is given was checked against that contract, which is what its types were made from. */
export const operation = <Input, Output extends Answer>(contract: OperationContract, handle: (input: Input) => Output | Promise<Output>): Served => ({ contract, handle });

export interface ServeOptions {
  /** What adds the CORS headers; some gateways do it themselves, and their functions need not carry it. */
  readonly cors?: typeof corsHeaders;
}

export const places = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;
export type Values = { readonly [Place in keyof typeof places]: { readonly [name: string]: unknown } };
/** What could be read of the parameters, and what is wrong with the others. */
export interface ReadParameters { readonly values: Values; readonly violations: readonly Violation[] }

/** A request as it was read, by whoever it came: what is left is to check it. */
export interface ReadRequest { readonly parameters: ReadParameters; readonly body: ReadBody; readonly path: string; readonly headers: () => { [name: string]: unknown } }

const nothing: ReadonlySet<string> = new Set();

const readParameters = (contract: OperationContract, incoming: Incoming, variables: Variables): ReadParameters => {
  const values: Values = { path: {}, query: {}, header: {}, cookie: {} };
  const violations: Violation[] = [];
  const sources = { path: variables, query: incoming.query, headers: incoming.headers, cookies: incoming.cookies.length === 0 ? [] : cookieFields(incoming.cookies) };
  const taken = incoming.query.length === 0 ? nothing : new Set(contract.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
  for (const parameter of contract.parameters) {
    keep(parameter, decodeParameter(parameter, sources, taken), values, violations);
  }
  return { values, violations };
};

/** Puts a parameter where it belongs: its value, its default, or what is wrong with it. */
export const keep = (parameter: ParameterContract, decoded: Converted | undefined, values: Values, violations: Violation[]): void => {
  if (decoded === undefined) absent(parameter, values, violations);
  else if ('value' in decoded) put(values[parameter.in], parameter.name, decoded.value);
  else violations.push({ in: parameter.in, name: parameter.name, pointer: decoded.fault.pointer, keyword: decoded.fault.keyword, message: decoded.fault.message });
};

/** What the schemas say against values that could be read. */
const invalid = ({ validate }: OperationContract, { values, violations }: ReadParameters): readonly Violation[] => {
  if (!validate || validate(values)) return violations;
  const known = new Set(violations.map((violation) => `${violation.in} ${violation.name}`));
  return [...violations, ...explainParameters(values, validate.errors).filter((violation) => !known.has(`${violation.in} ${violation.name}`))];
};

const absent = (parameter: ParameterContract, values: Values, violations: Violation[]): void => {
  if (parameter.default !== undefined) put(values[parameter.in], parameter.name, parameter.default);
  else if (parameter.required) violations.push({ in: parameter.in, name: parameter.name, pointer: '', keyword: 'required', message: 'is required' });
};

/** Whether a caller has the scopes that are asked for, as far as the gateway tells which scheme it was. */
const permitted = ({ anyOf }: AuthContract, { scheme, scopes }: Auth): boolean =>
  anyOf === undefined || anyOf.some((all) => all.length === 0
    || ((scheme === '' || all.some((demand) => demand.scheme === scheme)) && all.every((demand) => demand.scopes.every((scope) => scopes.includes(scope)))));

/** Where the gateway does not tell the scheme, it is the only one that there is. */
const authOf = ({ scheme, principalId, scopes, claims }: Auth, contract: AuthContract): Auth => ({ scheme: scheme || (contract.scheme ?? ''), principalId, scopes, claims });

const safely = (read: () => ReadBody): ReadBody => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { violations: [{ in: 'body', pointer: '', keyword: 'malformed', message: 'is nested too deeply' }] };
  }
};

/** The normalised request, or why there is none. */
export const normalise = (contract: OperationContract, incoming: Incoming, variables: Variables): NormalisedRequest | Problem =>
  admitted(contract, incoming, () => ({
    parameters: readParameters(contract, incoming, variables),
    body: safely(() => readBody(incoming, contract.body)),
    path: decode(incoming.path) ?? incoming.path,
    headers: () => handed(incoming.headers, contract.headers.request, { incoming }),
  }));

/** Lets a caller in who may come, and the request that is what the document says. */
export const admitted = (contract: OperationContract, incoming: Incoming, read: () => ReadRequest): NormalisedRequest | Problem => {
  const { auth, context, requestId: id, method } = incoming;
  if (contract.auth.need === 'required' && auth === null) return new Problem(401, 'unauthorized', 'The request has no valid credentials.');
  if (auth !== null && !permitted(contract.auth, auth)) return new Problem(403, 'forbidden', 'The credentials do not allow this.');
  const { parameters, body, path, headers: headersOf } = read();
  if (body instanceof Problem) return body;
  const violations = invalid(contract, parameters);
  const all = 'violations' in body ? [...violations, ...body.violations] : violations;
  if (all.length > 0 || !('value' in body)) return new Problem(400, 'validation', 'The request does not match its description.', all);
  const { path: params, query, header: typed, cookie: cookies } = parameters.values;
  const headers = headersOf();
  for (const name in typed) if (headers[name] !== typed[name]) put(headers, name, typed[name]);
  return { request: { id, method, path, route: contract.route, params, query, headers, cookies, body: body.value }, auth: auth && authOf(auth, contract.auth), context };
};

/** The answer that a domain error is mapped to, if it is. */
export const problemOf = (contract: OperationContract, error: unknown): Problem | undefined => {
  if (!(error instanceof Error)) return undefined;
  const status = contract.errors.find(([name]) => name === error.name)?.[1];
  return status === undefined ? undefined : new Problem(status, error.name, error.message || title(status));
};

/** What is told of an error that a handler threw: what the document maps it to, else that there was one. */
export const failure = (incoming: Incoming, contract: OperationContract, error: unknown): Problem => {
  const mapped = problemOf(contract, error);
  if (mapped) return mapped;
  const thrown = error instanceof Error ? error : undefined;
  log({
    level: 'error',
    message: thrown?.message ?? String(error),
    operation: contract.id,
    requestId: incoming.requestId,
    traceparent: incoming.context.traceparent,
    error: thrown && { name: thrown.name, stack: thrown.stack },
  });
  return new Problem(500, 'internal', 'The request could not be served.');
};

/** What the handler is given. */
export const inputOf = (contract: OperationContract, incoming: Incoming, normalised: NormalisedRequest): never => {
  const { request, auth, context } = normalised;
  const { params, query, headers, cookies, body } = request;
  const input = { request, params, query, headers, cookies, body, auth, context, resources: resources(contract.resources) };
  return (contract.callbacks ? { ...input, callbacks: contract.callbacks({ incoming, normalised }) } : input) as never;
};

/** The handler's answer as it travels, or why it does not. */
export const checked = (answer: Answer | Problem, incoming: Incoming, contract: OperationContract): Outgoing | Problem => {
  if (answer instanceof Problem) return answer;
  const encoded = encodeAnswer(contract.responses, answer);
  if (typeof encoded !== 'string') return encoded;
  if (answer?.status === 501) return new Problem(501, 'not-implemented', 'This operation has not been written yet.');
  return failure(incoming, contract, new Error(encoded));
};

/** What stands on every answer, and a problem in its envelope. */
export const finish = (result: Outgoing | Problem, incoming: Incoming, contract: OperationContract, normalised: NormalisedRequest | undefined, options: ServeOptions): Outgoing => {
  const answer = result instanceof Problem ? envelope(contract.edge.errors, result, incoming.requestId, incoming.path) : result;
  const { status, body } = answer;
  const { cors } = contract.edge;
  const headers = edited(answer.headers, contract.headers.response, { incoming, normalised, status });
  const given = headers.findIndex(([name]) => name === 'x-request-id');
  if (given >= 0) headers.splice(given, 1);
  headers.push(['x-request-id', incoming.requestId]);
  const success = status >= 200 && status < 300;
  if (contract.cacheControl !== undefined && success && !headers.some(([name]) => name === 'cache-control')) headers.push(['cache-control', contract.cacheControl]);
  if (cors && options.cors) headers.push(...options.cors(cors, sent(incoming.headers, 'origin')));
  const bare = incoming.method === 'HEAD' || status === 204 || status === 304;
  return bare || body === undefined ? { status, headers } : { status, headers, body };
};

/**
 * Answers the events of a gateway for the operations of one function: finds the operation, reads and checks the request,
 * asks the handler, checks the answer. Never throws for anything that a caller or a handler does.
 */
export const serveEvents = <Event, Result>(operations: readonly Served[], options: ServeOptions, read: (event: Event) => Incoming, write: (answer: Outgoing) => Result): ((event: Event) => Promise<Result>) => {
  const route = router(operations);
  const fallback = operations[0]?.contract;
  // One function, not several that wait for each other: each wait costs a request as much as a check does.
  return async (event) => {
    const incoming = read(event);
    const routed = route(incoming.method, incoming.path, incoming.route);
    if (routed.kind !== 'found') return write(fallback ? finish(unrouted(routed), incoming, fallback, undefined, options) : { status: 404, headers: [] });
    const { choose, versionedBy } = routed.operation;
    const served = choose ? choose(sent(incoming.headers, versionedBy ?? '')) : routed.operation;
    if (served instanceof Problem) return write(finish(served, incoming, routed.operation.contract, undefined, options));
    const { contract } = served;
    const normalised = normalise(contract, incoming, routed.variables);
    if (normalised instanceof Problem) return write(finish(normalised, incoming, contract, undefined, options));
    let result: Outgoing | Problem;
    try {
      result = checked(await served.handle(inputOf(contract, incoming, normalised), incoming), incoming, contract);
    } catch (error) {
      result = failure(incoming, contract, error);
    }
    return write(finish(result, incoming, contract, normalised, options));
  };
};

const unrouted = (routed: Exclude<Routed<Served>, { readonly kind: 'found' }>): Problem => {
  if (routed.kind === 'no-path') return new Problem(404, 'not-found', 'There is nothing at this path.');
  const allowed = routed.allowed.join(', ');
  return new Problem(405, 'method-not-allowed', `This path takes ${allowed}.`, [], [['allow', allowed]]);
};

/** As `serveEvents`, for requests that were read already. */
export const serve = (operations: readonly Served[], options: ServeOptions): ((incoming: Incoming) => Promise<Outgoing>) =>
  serveEvents(operations, options, (incoming: Incoming) => incoming, (answer) => answer);
