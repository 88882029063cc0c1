import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

export const functionNameCollision = defineDiagnostic<{ name: string; one: string; other: string }>({
  code: 'function/name-collision',
  level: 'error',
  summary: 'two functions that would have the same name',
  message: ({ name, one, other }) => `${one} and ${other} would both be the function \`${name}\``,
  help: () => 'Give the group another name, or change the `operationId`.',
});

export const unchecked = defineDiagnostic<{ scheme: string }>({
  code: 'auth/unchecked',
  level: 'warning',
  summary: 'a security scheme that nothing enforces',
  message: ({ scheme }) => `the document says that callers show \`${scheme}\`, and not who checks it`,
  help: () => 'Add `x-gateway` to the scheme: an `issuer`, a `userPool`, a `function`, `introspection`, `plans`, `iam` or a `truststore`.',
});

export const wrongAccess = defineDiagnostic<{ resource: string; kind: string; access: string; allowed: readonly string[] }>({
  code: 'integration/wrong-access',
  level: 'error',
  summary: 'a grant that the kind of resource does not have',
  message: ({ resource, kind, access }) => `\`${resource}\` is a ${kind}, and \`${access}\` has no meaning for it`,
  help: ({ allowed }) => `Write ${list(allowed.map((each) => `\`${each}\``), 'or')}.`,
});

export const wrongCheck = defineDiagnostic<{ scheme: string; check: string; shown: string; wanted: string }>({
  code: 'auth/wrong-check',
  level: 'error',
  summary: 'a check that cannot read what the scheme has callers show',
  message: ({ scheme, check, shown }) => `\`${scheme}\` has callers show ${shown}, which \`${check}\` cannot check`,
  help: ({ check, wanted }) => `Use \`${check}\` with ${wanted}, or write a \`function\` that checks it.`,
});

export const unfillable = defineDiagnostic<{ schema: string; property: string }>({
  code: 'errors/unfillable',
  level: 'error',
  summary: 'an error envelope with a required property that nothing can fill',
  message: ({ schema, property }) => `the error envelope \`${schema}\` requires \`${property}\`, and nothing tells what to put there`,
  help: ({ property }) => `Give \`${property}\` a \`const\` or a \`default\`, make it optional, or use a name such as \`status\`, \`code\`, \`title\`, \`message\`, \`errors\` or \`requestId\`.`,
});

export const headerValue = defineDiagnostic<{ header: string }>({
  code: 'gateway/header-value',
  level: 'error',
  summary: 'a header set to something that is neither a text nor one expression',
  message: ({ header }) => `\`${header}\` must be a plain text or exactly one expression`,
  help: () => 'Write a text, or one expression such as `$context.requestId`.',
});

export const uploadsQueue = defineDiagnostic<{ bucket: string; why: string; help: string }>({
  code: 'integration/uploads-queue',
  level: 'error',
  summary: 'a bucket whose uploads cannot be told of as asked',
  message: ({ bucket, why }) => `a worker cannot be told of uploads to \`${bucket}\`: ${why}`,
  help: ({ help }) => help,
});

export const all = [uploadsQueue, functionNameCollision, unchecked, wrongAccess, wrongCheck, unfillable, headerValue];
