import { list, nearest } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import { operationRule } from '../rule.js';

const undeclaredStatus = defineDiagnostic<{ name: string; status: number }>({
  code: 'errors/undeclared-status',
  level: 'warning',
  summary: 'a domain error that becomes a status the operation does not declare',
  message: ({ name, status }) => `\`${name}\` becomes ${status}, which the operation does not declare`,
  help: ({ status }) => `Declare a response \`${status}\`, or \`default\`.`,
});

const undeclaredType = defineDiagnostic<{ type: string; near: string | undefined; declared: readonly string[] }>({
  code: 'limits/undeclared-type',
  level: 'error',
  summary: 'an accepted media type that the operation does not declare',
  message: ({ type, near }) => `\`${type}\` is accepted, and the operation does not declare it${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ declared }) => `Name one of ${list(declared.map((each) => `\`${each}\``), 'or')}, or declare it as content of the body.`,
});

/** Policy stays within what the contract declares. What the root maps for every operation is not held against one of them. */
export const declaredOnly = operationRule([undeclaredStatus, undeclaredType], ({ policy, responses, body, origin }, report) => {
  for (const [name, mapped] of policy.errors) {
    const own = mapped.origin.file === origin.file && mapped.origin.pointer.startsWith(`${origin.pointer}/`);
    const range = `${Math.floor(mapped.status / 100)}XX`;
    if (own && !responses.some(({ status }) => status === mapped.status || status === range || status === 'default')) {
      report(undeclaredStatus({ name, status: mapped.status }, mapped.origin));
    }
  }
  const declared = body?.contents.map(({ mediaType }) => mediaType) ?? [];
  for (const type of body ? policy.limits.types ?? [] : []) {
    const covered = declared.some((each) => each === type || each === '*/*' || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))));
    if (!covered) report(undeclaredType({ type, near: nearest(type, declared), declared }, origin));
  }
});
