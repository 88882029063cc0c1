import { declaredAt, mappingFor } from './acknowledge.js';
import type { ResponseMapping } from './integration.js';
import type { Operation } from './operation.js';
import { faults, type Fault } from './outcome.js';

/** What an answer of a backend over HTTP comes to for the caller, who gets its status. */
export interface BackendAnswer {
  readonly status: number;
  /** How the author made it. */
  readonly mapping?: ResponseMapping;
  /** An error: its body is the author's, or the envelope, and never the backend's own. */
  readonly fault?: Fault;
}

/** Whether requests to a backend over HTTP, or its answers, are made anew rather than passed on. */
export const isMapped = ({ integration: { backend, request, responses } }: Operation): boolean => backend.kind === 'http' && (request !== undefined || responses.length > 0);

/** Errors that a backend may tell a caller of. Others are between the gateway and the backend: 401 is about the gateway's own credentials. */
const told: readonly Fault[] = [
  faults.refused, faults.missing, faults.conflict,
  { status: 410, title: 'Gone', detail: 'There is no such item any more.' },
  { status: 412, title: 'Precondition Failed', detail: 'What is stored is not as the request supposes.' },
  { status: 422, title: 'Unprocessable Content', detail: 'The backend does not take what the request says.' },
  { status: 429, title: 'Too Many Requests', detail: 'The backend takes no more requests for now; try again later.', retry: true },
];
const always: readonly Fault[] = [faults.failed, faults.busy, faults.late];

/** Successes of an operation that names none of them. */
const usual = [200, 201, 202, 204];

/**
 * The answers of a backend whose requests or answers are mapped, by status: the successes that the operation declares, the
 * errors that it declares and a backend may tell, and 502, 503 and 504. Whatever else the backend says is a 502.
 */
export const backendAnswers = ({ integration, responses }: Operation): readonly BackendAnswer[] => {
  const named = [...responses, ...integration.responses].flatMap(({ status }) => (typeof status === 'number' ? [status] : []));
  const successes = named.filter((status) => status >= 200 && status < 400);
  const open = successes.length === 0 || responses.some(({ status }) => status === '2XX');
  const errors = new Map([
    ...named.filter((status) => status >= 400).map((status) => ({ status, title: status < 500 ? 'Bad Request' : 'Bad Gateway', detail: faults.failed.detail })),
    ...told.filter(({ status }) => declaredAt(responses, status)), ...always,
  ].map((fault): [number, Fault] => [fault.status, fault]));
  return [...new Set([...successes, ...(open ? usual : []), ...errors.keys()])].sort((a, b) => a - b).map((status) => {
    const fault = errors.get(status);
    const mapping = mappingFor(integration.responses, status, fault !== undefined);
    return { status, ...(mapping ? { mapping } : {}), ...(fault ? { fault } : {}) };
  });
};

/** What one answer comes to. */
export const answerTo = (operation: Operation, status: number): BackendAnswer | undefined => {
  const answers = backendAnswers(operation);
  return answers.find((each) => each.status === status) ?? answers.find((each) => each.status === faults.failed.status);
};
