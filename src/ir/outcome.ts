import type { Json } from '../base/json.js';
import { isObject, own } from '../base/json.js';
import type { ActionBackend, ServiceBackend, ServiceCall } from './integration.js';

/** An outcome of a service's call that is an error for the caller. Nothing of what the service said is told. */
export interface Fault { readonly status: number; readonly title: string; readonly detail: string; readonly retry?: true }

export const faults = {
  refused: { status: 400, title: 'Bad Request', detail: 'The backend does not take this request.' },
  missing: { status: 404, title: 'Not Found', detail: 'There is no such item.' },
  repeated: { status: 409, title: 'Conflict', detail: 'The same request was accepted before.' },
  conflict: { status: 409, title: 'Conflict', detail: 'What is stored is not as the request supposes.' },
  failed: { status: 502, title: 'Bad Gateway', detail: 'The backend did not do what was asked.' },
  busy: { status: 503, title: 'Service Unavailable', detail: 'The backend is busy; try again later.', retry: true },
  late: { status: 504, title: 'Gateway Timeout', detail: 'The backend did not answer in time.' },
} as const satisfies Record<string, Fault>;
export type FaultName = keyof typeof faults;

/** What a reply of status 4XX comes to when its text has one of the words; the first that fits counts, and none is `failed`. */
export interface Refusal { readonly fault: FaultName; readonly words: string }

const writes: readonly ServiceCall[] = ['put-item', 'update-item', 'delete-item'];

/** Words of error codes (common errors of the services' API references), for those calls that bring them; of any other action, `action`. */
const refusals: readonly (Refusal & { readonly calls?: readonly (ServiceCall | 'action')[] })[] = [
  { fault: 'busy', words: 'Throttl|ThroughputExceeded|LimitExceeded|TooManyRequests|ServiceUnavailable|KMSThrottling|SlowDown' },
  { fault: 'repeated', words: 'ExecutionAlreadyExists', calls: ['start-run'] },
  { fault: 'conflict', words: 'ConditionalCheckFailed|TransactionConflict', calls: writes },
  { fault: 'conflict', words: 'AlreadyExists|ResourceExists|Conflict', calls: ['action'] },
  { fault: 'missing', words: 'NotFound|NoSuch|DoesNotExist', calls: ['action'] },
  // The gateway may read the objects and not list them: what is not there looks forbidden then.
  { fault: 'missing', words: 'NoSuchKey|NotFound|AccessDenied', calls: ['get-object', 'list-objects'] },
  { fault: 'refused', words: 'InvalidParameter|InvalidMessageContents|MessageTooLong|MissingParameter|ValidationException|ValidationError|InvalidName|InvalidExecutionInput|KeyTooLong|InvalidURI' },
];

/** Which refusals a call can meet, in the order in which they are looked for. A write that wants an item there does not find it. */
export const refusalsOf = ({ input, ...backend }: ServiceBackend | ActionBackend): readonly Refusal[] => {
  const call = backend.kind === 'service' ? backend.call : backend.kind;
  const condition = backend.kind === 'service' ? input.get('condition') : undefined;
  const present = condition?.kind === 'literal' && condition.value === 'present';
  return refusals.filter(({ calls }) => calls?.includes(call) ?? true)
    .map(({ fault, words }) => ({ fault: fault === 'conflict' && present ? 'missing' : fault, words }));
};

/** A success that is told in a field of the reply's body, whatever its status says. */
export interface Verdict {
  readonly field: string;
  /** The text of the field's value that is a success; absent: any value is. */
  readonly success?: string;
  readonly faults: Readonly<Record<string, FaultName>>;
  readonly otherwise: FaultName;
}

const verdicts: Partial<Record<ServiceCall, Verdict>> = {
  'put-event': { field: 'FailedEntryCount', success: '0', faults: {}, otherwise: 'failed' },
  'run-and-wait': { field: 'status', success: 'SUCCEEDED', faults: { TIMED_OUT: 'late' }, otherwise: 'failed' },
  'get-item': { field: 'Item', faults: {}, otherwise: 'missing' },
};

export const verdictOf = (backend: ServiceBackend | ActionBackend): Verdict | undefined => (backend.kind === 'service' ? verdicts[backend.call] : undefined);

/** What a service answered: the body as JSON where it is any, else its text. */
export interface Reply { readonly status: number; readonly body: Json | undefined }

/** What a reply comes to: the body that mappings see, or a fault. The gateway's templates say the same. */
export type Outcome = { readonly kind: 'done'; readonly body: Json | undefined } | { readonly kind: 'fault'; readonly fault: FaultName };

export const outcomeOf = (backend: ServiceBackend | ActionBackend, { status, body }: Reply): Outcome => {
  const fault = (name: FaultName): Outcome => ({ kind: 'fault', fault: name });
  if (status >= 500) return fault('busy');
  if (status >= 400) {
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    return fault(refusalsOf(backend).find(({ words }) => new RegExp(words).test(text))?.fault ?? 'failed');
  }
  const verdict = verdictOf(backend);
  if (!verdict) return { kind: 'done', body };
  const found = isObject(body) ? own(body, verdict.field) : undefined;
  const said = found === undefined || found === null ? '' : typeof found === 'string' ? found : JSON.stringify(found);
  if (verdict.success === undefined ? said === '' : said !== verdict.success) return fault(Object.hasOwn(verdict.faults, said) ? (verdict.faults[said] as FaultName) : verdict.otherwise);
  return { kind: 'done', body: backend.kind === 'service' && backend.call === 'run-and-wait' ? outputOf(body) : body };
};

/** The output of a run is JSON in a text. */
const outputOf = (record: Json | undefined): Json | undefined => {
  const output = isObject(record) ? own(record, 'output') : undefined;
  return typeof output === 'string' ? (JSON.parse(output) as Json) : undefined;
};
