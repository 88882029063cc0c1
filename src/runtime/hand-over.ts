import type { Answer } from './answer.js';
import type { OperationContract, Source, Template } from './contract.js';
import type { Incoming, NormalisedRequest } from './message.js';
import { log } from './platform.js';
import { Problem } from './problem.js';
import { before } from './route.js';
import type { Served } from './serve.js';
import { gatewayReply, serviceCall, type MessageCall } from './service-call.js';
import { callService, type ServiceReply } from './service-wire.js';
import { fill, textOf, type Facts } from './source.js';

/** Headers of an answer, as the document maps them. */
type Headers = readonly (readonly [name: string, value: Template])[];

/** What a caller is told of a call that came to nothing: in the envelope, or with the body that the document maps. Nothing of what the service said. */
export interface FaultContract {
  readonly name: string;
  readonly status: number;
  readonly detail: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  readonly headers: Headers;
  readonly body?: Template;
}

/** What the compiler writes for an operation that checks a request and hands it over. */
export interface HandOverContract {
  readonly call: MessageCall;
  /** Name of what carries the work among the operation's resources. */
  readonly resource: string;
  readonly message: Template;
  /** What the call takes beside the message. */
  readonly input: readonly (readonly [argument: string, value: Template])[];
  /** What the caller follows the work by, where a worker wants it. */
  readonly tracking?: Template;
  readonly timeoutMs: number;
  /** The acknowledgement. `location` is a path that begins as the request's does, before as many segments as are the operation's `own`. */
  readonly status: number;
  readonly mediaType: string;
  readonly headers: Headers;
  readonly location?: { readonly own: number; readonly parts: readonly (string | Source)[] };
  readonly retryAfter?: number;
  readonly body?: Template;
  /** What a refusal of the service comes to, by words in it; the first that fits counts. */
  readonly refusals: readonly { readonly words: string; readonly fault: FaultContract }[];
  /** A success that is told in a field of the reply. */
  readonly verdict?: { readonly field: string; readonly success: string };
  readonly failed: FaultContract;
  readonly busy: FaultContract;
  readonly late: FaultContract;
}

interface Input extends NormalisedRequest { readonly resources: { readonly [name: string]: unknown } }

/** Serves an operation by handing the request, which was checked in full, to what carries the work: it is acknowledged once that has it. */
export const handOver = (operation: OperationContract, contract: HandOverContract): Served =>
  ({ contract: operation, handle: (input: Input, incoming: Incoming) => accepted(operation.id, contract, input, incoming) });

const accepted = async (operation: string, contract: HandOverContract, input: Input, incoming: Incoming): Promise<Answer | Problem> => {
  const facts: Facts = { incoming, normalised: input };
  const tracking = contract.tracking && fill(contract.tracking, facts);
  const address = addressOf(input.resources[contract.resource]);
  const call = serviceCall({
    call: contract.call, input: Object.fromEntries(contract.input.map(([name, value]) => [name, fill(value, facts)])), message: fill(contract.message, facts),
    ...(tracking === undefined || tracking === null ? {} : { tracking: String(tracking) }),
  }, address);
  const reply = await callService(call, address, contract.timeoutMs);
  const fault = faultIn(contract, reply);
  if (fault) {
    log({ level: fault.status < 500 ? 'warn' : 'error', message: `${call.service} ${call.action}: ${fault.name}`, operation, requestId: incoming.requestId, status: reply.status, reply: JSON.stringify(reply.body).slice(0, 1_000) });
    return refused(fault, { ...facts, status: reply.status, response: reply.body });
  }
  return acknowledged(contract, incoming, { ...facts, status: reply.status, response: gatewayReply(call, reply.body) });
};

/** A resource as handlers are given it has its address beside its kind. */
const addressOf = (resource: unknown): string => {
  const { url, arn, name } = resource as { readonly url?: string; readonly arn?: string; readonly name?: string };
  return url ?? arn ?? name ?? '';
};

const faultIn = ({ refusals, verdict, failed, busy, late }: HandOverContract, { status, body }: ServiceReply): FaultContract | undefined => {
  if (status === 0) return late;
  if (status >= 500) return busy;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (status >= 300) return refusals.find(({ words }) => new RegExp(words).test(text))?.fault ?? failed;
  if (typeof body !== 'object' || body === null) return failed;
  return verdict && String((body as { readonly [name: string]: unknown })[verdict.field]) !== verdict.success ? failed : undefined;
};

const filled = (headers: Headers, facts: Facts): { readonly [name: string]: unknown } => Object.fromEntries(headers.map(([name, value]) => [name, fill(value, facts)]));

const refused = ({ name, status, detail, retryAfter, headers, body }: FaultContract, facts: Facts): Answer | Problem => {
  const retry = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  const all = { ...retry, ...filled(headers, facts) };
  return body ? { status, headers: all, body: fill(body, facts) } : new Problem(status, name, detail, [], Object.entries(all).map(([key, value]) => [key, String(value)]));
};

const acknowledged = ({ status, mediaType, headers, location, retryAfter, body }: HandOverContract, { path }: Incoming, facts: Facts): Answer => ({
  status,
  headers: {
    ...(location ? { location: locationOf(path, location, facts) } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...filled(headers, facts),
  },
  ...(body ? { contentType: mediaType, body: fill(body, facts) } : {}),
});

const locationOf = (path: string, { own, parts }: NonNullable<HandOverContract['location']>, facts: Facts): string =>
  before(path, own) + parts.map((part) => (typeof part === 'string' ? part : encodeURIComponent(textOf(part, facts) ?? ''))).join('');
