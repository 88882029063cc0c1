import { defineDiagnostic } from '../../diagnostics/define.js';
import { showSize } from '../../language/values.js';
import { operationRule } from '../rule.js';

const overGateway = defineDiagnostic<{ bytes: number; limit: number; what: string }>({
  code: 'load/body-over-gateway',
  level: 'error',
  allow: true,
  summary: 'a body larger than what the gateway takes',
  message: ({ bytes, limit, what }) => `bodies of ${showSize(bytes)} are let through, and ${what} takes ${showSize(limit)} at most`,
  help: () => 'Lower `limits.body`, or let callers upload by a presigned link.',
});

const largeDownload = defineDiagnostic({
  code: 'load/large-download',
  level: 'note',
  summary: 'a file that a function hands out through the gateway',
  message: () => 'a function hands out a file here, and an answer may have 6 MB at most (4.5 MB of a binary one)',
  help: () => 'Answer with a presigned link (`integration: { bucket: …, action: presign-get }`) if files may be larger.',
});

const gatewayLimit = 10 * 1024 * 1024;
const functionLimit = 6 * 1024 * 1024;

export const payload = operationRule([overGateway, largeDownload], ({ origin, body, responses, policy: { limits: { bodyBytes } }, integration: { backend } }, report) => {
  const limit = backend.kind === 'function' ? functionLimit : gatewayLimit;
  if (body && bodyBytes > limit) report(overGateway({ bytes: bodyBytes, limit, what: backend.kind === 'function' ? 'a function' : 'the gateway' }, origin));
  const download = responses.some(({ status, contents }) => (status === 200 || status === '2XX') && contents.some(({ kind }) => kind === 'binary'));
  if (backend.kind === 'function' && download) report(largeDownload({}, origin));
});
