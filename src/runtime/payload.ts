import type { ReadBody } from './body.js';
import type { BodyContract, OperationContract, ParameterContract, Shape } from './contract.js';
import { convert, inside, malformed, type Converted } from './convert.js';
import { traceparent } from './gateway.js';
import { joined } from './headers.js';
import { essence, select } from './media-type.js';
import type { HeaderFields, Incoming, NormalisedRequest, Outgoing } from './message.js';
import { put } from './platform.js';
import { Problem, type Violation } from './problem.js';
import { violation } from './read.js';
import { admitted, checked, failure, finish, inputOf, keep, places, problemOf, type ReadParameters, type ReadRequest, type Served, type Values } from './serve.js';
import { explain } from './violations.js';

/**
 * The normalised request as a template of the gateway builds it. A value that the template could not type is a text still,
 * one that is broken is null, and a trace that it could not make is empty.
 */
export interface Payload extends NormalisedRequest {
  /** Bytes that the body came as; absent where the operation takes none. */
  readonly size?: number;
  readonly stageVariables?: Incoming['stageVariables'];
}

/** What the gateway's template of an answer reads. */
export interface PayloadAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/**
 * An error that the gateway knows by its message, which is all that it looks at: JSON that begins with the name of the domain
 * error, or null for one that nobody foresaw, and has the answer.
 */
class AnsweredError extends Error {
  override readonly name: string;
  constructor(fault: string | null, answer: PayloadAnswer) {
    super(JSON.stringify({ fault, ...answer }));
    this.name = fault ?? 'Unforeseen';
  }
}

/** An operation, with the headers that the gateway hands on of its answers, in lower case. */
export type Handed = readonly [served: Served, headers: readonly string[]];

const valueOf = (value: unknown, shape: Shape): Converted => {
  if (typeof value === 'string') return convert(value, shape);
  if (value === null) {
    const read = convert('null', shape);
    return 'value' in read && read.value === null ? read : malformed;
  }
  if (!Array.isArray(value) || typeof shape === 'string' || !('array' in shape)) return { value };
  const items: unknown[] = [];
  for (const [index, item] of value.entries()) {
    const read = valueOf(item, shape.array);
    if ('fault' in read) return inside(read, index);
    items.push(read.value);
  }
  return { value: items };
};

const decoded = ({ shape, allowEmpty }: ParameterContract, value: unknown): Converted | undefined =>
  (value === undefined || (allowEmpty && value === '' && 'fault' in convert('', shape)) ? undefined : valueOf(value, shape));

const readParameters = ({ parameters }: OperationContract, { request }: Payload): ReadParameters => {
  const values: Values = { path: {}, query: {}, header: {}, cookie: {} };
  const violations: Violation[] = [];
  for (const parameter of parameters) {
    const { in: place, name } = parameter;
    const given = request[places[place]];
    keep(parameter, decoded(parameter, Object.hasOwn(given, name) ? given[name] : undefined), values, violations);
  }
  return { values, violations };
};

/** The gateway has parsed the body; one that is null and has no type is absent. */
const readBody = ({ request: { body, headers }, size = 0 }: Payload, contract: BodyContract | undefined): ReadBody => {
  if (contract === undefined) return { value: null };
  const type = typeof headers['content-type'] === 'string' ? headers['content-type'] : '';
  if (body === null && type === '') return contract.required ? { violations: [violation('required', 'is required')] } : { value: null };
  if (size > contract.limit) return new Problem(413, 'body-too-large', `The body has ${size} bytes; at most ${contract.limit} are taken.`);
  const content = select(contract.contents, essence(type));
  const accepted = contract.contents.map(({ mediaType }) => mediaType).join(', ');
  if (content === undefined) return new Problem(415, 'unsupported-media-type', `The body must be ${accepted}.`, [], [['accept', accepted]]);
  if (!content.validate || content.validate(body)) return { value: body };
  return { violations: explain(body, content.validate.errors).map((error) => ({ in: 'body', ...error })) };
};

const readRequest = (contract: OperationContract, payload: Payload): ReadRequest => ({
  parameters: readParameters(contract, payload),
  body: readBody(payload, contract.body),
  path: payload.request.path,
  headers: () => {
    const headers = {};
    for (const [name, value] of Object.entries(payload.request.headers)) put(headers, name, value);
    return headers;
  },
});

const incomingOf = ({ request, auth, context, stageVariables = {} }: Payload): Incoming => {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([, value]) => typeof value === 'string')) as HeaderFields;
  return {
    // As it may stand in a URI: how the caller encoded it is not known any more.
    method: request.method, path: encodeURI(request.path), route: request.route, query: [], headers, cookies: [], body: undefined, auth, requestId: request.id,
    context: { ...context, traceparent: context.traceparent || traceparent(headers) }, stageVariables,
  };
};

/** Why the gateway could not hand an answer on, if it could not. */
const unsendable = ({ headers, body }: Outgoing, known: readonly string[]): string | undefined => {
  const other = headers.find(([name]) => !known.includes(name));
  if (other) return `the header \`${other[0]}\` is not declared, and the gateway hands on only those that are`;
  if (headers.filter(([name]) => name === 'set-cookie').length > 1) return 'the gateway sets one cookie at the most';
  return body instanceof Uint8Array ? 'the gateway hands on no bytes' : undefined;
};

/** What a function of several operations is called with beside payloads. */
type Otherwise<Event> = (event: Event) => Promise<unknown>;

const isPayload = (event: object): event is Payload => 'request' in event && !('requestContext' in event);

/**
 * The entry of a function whose payload the gateway builds, and whose answers its templates read. Answers are returned; what a
 * handler throws is thrown on in a form that the gateway selects an answer by.
 */
export const fromGateway = <Event extends object>(operations: readonly Handed[], otherwise?: Otherwise<Event>) => async (event: Event | Payload): Promise<unknown> => {
  if (!isPayload(event)) {
    if (otherwise) return otherwise(event);
    throw new Error('The event is no payload of the gateway.');
  }
  const found = operations.find(([{ contract: { method, route } }]) => method === event.request.method && route === event.request.route);
  if (!found) throw new Error('The payload is of no operation of this function.');
  const [{ contract, handle }, known] = found;
  const incoming = incomingOf(event);
  const normalised = admitted(contract, incoming, () => readRequest(contract, event));
  const request = normalised instanceof Problem ? undefined : normalised;
  const finished = (result: Outgoing | Problem): Outgoing => finish(result, incoming, contract, request, {});
  const told = (result: Outgoing | Problem): PayloadAnswer => {
    const answer = finished(result);
    const why = unsendable(answer, known);
    const { status, headers, body } = why === undefined ? answer : finished(failure(incoming, contract, new Error(why)));
    return { status, headers: joined(headers), ...(typeof body === 'string' ? { body } : {}) };
  };
  if (normalised instanceof Problem) return told(normalised);
  try {
    return told(checked(await handle(inputOf(contract, incoming, normalised), incoming), incoming, contract));
  } catch (error) {
    const mapped = problemOf(contract, error);
    throw new AnsweredError(mapped ? mapped.code : null, told(mapped ?? failure(incoming, contract, error)));
  }
};
