import type { EnvelopeContract, EnvelopeValue } from './contract.js';
import type { Outgoing } from './message.js';
import { put } from './platform.js';
import type { Problem } from './problem.js';

/** Reason phrases of RFC 9110 and its registry, for the statuses that an edge gives. */
const titles: { readonly [status: number]: string } = {
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout',
  409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Content Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable',
  417: 'Expectation Failed', 421: 'Misdirected Request', 422: 'Unprocessable Content', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required',
  428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error',
  501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};

/** The reason phrase of a status. */
export const title = (status: number): string => titles[status] ?? (status < 500 ? 'Client Error' : 'Server Error');

const value = (field: EnvelopeValue, problem: Problem, requestId: string, path: string): unknown => {
  switch (field.kind) {
    case 'status': return problem.status;
    case 'title': case 'status-text': return title(problem.status);
    case 'detail': return problem.detail;
    case 'type': return 'about:blank';
    case 'code': return problem.code;
    case 'request-id': return requestId;
    case 'instance': return path;
    case 'errors': return problem.errors.length === 0 ? undefined : problem.errors;
    case 'literal': return field.value;
  }
};

/** A problem as the document says that errors look. Fields without a value are left out. */
export const envelope = (contract: EnvelopeContract, problem: Problem, requestId: string, path: string): Outgoing => {
  const body = {};
  for (const field of contract.fields) {
    const content = value(field.value, problem, requestId, path);
    if (content !== undefined) put(body, field.name, content);
  }
  return { status: problem.status, headers: [['content-type', contract.mediaType], ...problem.headers], body: JSON.stringify(body) };
};
