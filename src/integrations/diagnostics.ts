import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

export const unknownResource = defineDiagnostic<{ name: string; near: string | undefined; known: readonly string[] }>({
  code: 'integration/unknown-resource',
  level: 'error',
  summary: 'a resource that the root does not list',
  message: ({ name, near }) => `there is no resource \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: ({ known }) => (known.length === 0 ? 'List it in `x-gateway.resources` at the root.' : `Name one of ${list(known.map((each) => `\`${each}\``), 'or')}, or list it in \`x-gateway.resources\` at the root.`),
});

export const wrongKind = defineDiagnostic<{ name: string; found: string; wanted: string }>({
  code: 'integration/wrong-kind',
  level: 'error',
  summary: 'a resource of another kind than the place takes',
  message: ({ name, found, wanted }) => `\`${name}\` is a ${found}, and a ${wanted} is needed here`,
  help: ({ wanted }) => `Name a resource of kind ${wanted}.`,
});

export const fifo = defineDiagnostic<{ name: string; rule: string; help: string }>({
  code: 'integration/fifo',
  level: 'error',
  summary: 'an argument that an ordered queue or topic needs, or that a plain one cannot take',
  message: ({ name, rule }) => `\`${name}\` ${rule}`,
  help: ({ help }) => help,
});

export const needsExpress = defineDiagnostic<{ name: string }>({
  code: 'integration/needs-express',
  level: 'error',
  summary: 'a durable workflow that a caller would have to wait for',
  message: ({ name }) => `the workflow \`${name}\` is of type \`standard\`, which cannot be run and answered in one request`,
  help: () => 'Make it `type: express`, or start it with `mode: start` and answer 202.',
});

export const tableKey = defineDiagnostic<{ table: string; attribute: string; action: string; unknown: boolean }>({
  code: 'integration/table-key',
  level: 'error',
  summary: 'a key that does not fit the key of the table',
  message: ({ table, attribute, action, unknown }) => (unknown
    ? `\`${attribute}\` is no part of the key of \`${table}\``
    : `\`${action}\` on \`${table}\` needs the key attribute \`${attribute}\``),
  help: ({ attribute, unknown }) => (unknown ? `Take \`${attribute}\` out, or name the index it belongs to.` : `Add \`${attribute}\` to \`key\`.`),
});

export const needless = defineDiagnostic<{ key: string; action: string }>({
  code: 'integration/needless-key',
  level: 'error',
  summary: 'an argument that the action does not take',
  message: ({ key, action }) => `\`${key}\` has no meaning for \`${action}\``,
  help: ({ key }) => `Take \`${key}\` out.`,
  key: true,
});

export const missingArgument = defineDiagnostic<{ key: string; action: string }>({
  code: 'integration/missing-argument',
  level: 'error',
  summary: 'an argument that the action cannot do without',
  message: ({ key, action }) => `\`${action}\` needs \`${key}\``,
  help: ({ key }) => `Add \`${key}\`.`,
});

export const undeclaredStatus = defineDiagnostic<{ status: number; what: string; declared: readonly string[] }>({
  code: 'integration/undeclared-status',
  level: 'error',
  summary: 'an answer whose status is not among the responses of the operation',
  message: ({ status, what }) => `${what} is ${status}, which the operation does not declare`,
  help: ({ status, declared }) => `Declare a response \`${status}\`${declared.length === 0 ? '' : `, or use one of ${list(declared, 'or')}`}.`,
});

export const unknownExample = defineDiagnostic<{ name: string; status: number; near: string | undefined }>({
  code: 'integration/unknown-example',
  level: 'error',
  summary: 'an example that the response does not have',
  message: ({ name, status, near }) => `the response ${status} has no example \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Name an example of that response, or write one.',
});

export const unknownOperation = defineDiagnostic<{ name: string; near: string | undefined }>({
  code: 'integration/unknown-operation',
  level: 'error',
  summary: 'an operation that the document does not have',
  message: ({ name, near }) => `there is no operation \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Name an operation by its `operationId`.',
});

export const asyncWithoutCarrier = defineDiagnostic({
  code: 'integration/async-without-carrier',
  level: 'error',
  summary: 'work put off, and nothing that carries it',
  message: () => '`async` does not say `through` what the work goes',
  help: () => 'Name a queue, topic, bus or workflow of the root with `through`.',
});

export const linkLifetime = defineDiagnostic<{ given: string; longest: string }>({
  code: 'integration/link-lifetime',
  level: 'error',
  summary: 'a link that holds longer than the service lets one hold',
  message: ({ given, longest }) => `a link is to hold for ${given}, and the service takes from 1s to ${longest}`,
  help: ({ longest }) => `Write \`expires\` of at most ${longest}; minutes do for most links.`,
});

export const all = [linkLifetime, unknownResource, wrongKind, fifo, needsExpress, tableKey, needless, missingArgument, undeclaredStatus, unknownExample, unknownOperation, asyncWithoutCarrier];
