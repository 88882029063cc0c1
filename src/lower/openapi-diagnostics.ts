import { list } from '../base/text.js';
import { defineDiagnostic } from '../diagnostics/define.js';

const suggestion = (near: string | undefined): string => (near === undefined ? '' : `; did you mean \`${near}\`?`);

export const noOperations = defineDiagnostic<{ webhooks: boolean }>({
  code: 'document/no-operations',
  level: 'error',
  summary: 'a document in which no operation is described',
  message: ({ webhooks }) => (webhooks ? 'the document describes webhooks only: there is nothing for a gateway to serve' : 'the document describes no operation: there is nothing for a gateway to serve'),
  help: () => 'Add a path with an operation under `paths`.',
});

export const malformedPath = defineDiagnostic<{ path: string; why: string }>({
  code: 'path/malformed',
  level: 'error',
  summary: 'a path that is no path template',
  message: ({ path, why }) => `\`${path}\` is not a path template: ${why}`,
  help: () => 'Write it as `/orders/{orderId}`.',
  key: true,
});

interface Cut { readonly path: string; readonly kept: boolean; readonly method: string; readonly plain: string }
const whatRemains = ({ kept, method, plain }: Cut): string =>
  kept ? `this is \`${method} ${plain}\`` : `\`${method}\` cannot be told apart from \`${method} ${plain}\`, which is described elsewhere; it is left out`;

export const fragmentInPath = defineDiagnostic<Cut>({
  code: 'path/fragment',
  level: 'warning',
  summary: 'a path with a `#`, which is never sent',
  message: (cut) => `what follows the \`#\` in \`${cut.path}\` is never sent to a server, so ${whatRemains(cut)}`,
  help: () => 'Describe both in one operation, or give this one a path of its own.',
  key: true,
});

export const queryInPath = defineDiagnostic<Cut>({
  code: 'path/query',
  level: 'warning',
  summary: 'a path with a `?`, by which nothing is routed',
  message: (cut) => `what follows the \`?\` in \`${cut.path}\` is no part of a path, and no gateway routes by it, so ${whatRemains(cut)}`,
  help: () => 'Describe both in one operation, with query parameters, or give this one a path of its own.',
  key: true,
});

/** What is told of a path that goes on with such a mark. */
export const unroutable = { '#': fragmentInPath, '?': queryInPath };

export const trailingSlash = defineDiagnostic<{ path: string }>({
  code: 'path/trailing-slash',
  level: 'note',
  summary: 'a path that ends in a slash',
  message: ({ path }) => `\`${path}\` is served as \`${path.replace(/\/+$/, '')}\`: gateways do not tell the two apart`,
  help: () => 'Take the slash at the end out.',
  key: true,
});

export const pathCollision = defineDiagnostic<{ method: string; path: string; other: string }>({
  code: 'path/collision',
  level: 'error',
  summary: 'two operations that answer the same requests',
  message: ({ method, path, other }) => `\`${method} ${path}\` and \`${method} ${other}\` match the same requests`,
  help: () => 'Take one out, or give it another path.',
});

export const undeclaredVariable = defineDiagnostic<{ variable: string; path: string; near: string | undefined }>({
  code: 'path/undeclared-variable',
  level: 'error',
  summary: 'a path variable that no parameter describes',
  message: ({ variable, path, near }) => `\`{${variable}}\` in \`${path}\` is described by no parameter${near === undefined ? '' : `; is \`${near}\` meant?`}`,
  help: ({ variable }) => `Add a parameter \`{ name: ${variable}, in: path, required: true, schema: … }\`.`,
});

export const absentVariable = defineDiagnostic<{ name: string; path: string }>({
  code: 'path/absent-variable',
  level: 'warning',
  summary: 'a path parameter that the path does not contain',
  message: ({ name, path }) => `\`${path}\` has no \`{${name}}\`, so this parameter never has a value; it is left out`,
  help: ({ name }) => `Put \`{${name}}\` into the path, or take the parameter out.`,
});

export const duplicateParameter = defineDiagnostic<{ name: string; place: string }>({
  code: 'parameter/duplicate',
  level: 'error',
  summary: 'two parameters of the same name and place in one list',
  message: ({ name, place }) => `the ${place} parameter \`${name}\` is described twice`,
  help: () => 'Take one of the two out.',
});

export const unknownPlace = defineDiagnostic<{ place: string; near: string | undefined }>({
  code: 'parameter/place',
  level: 'error',
  summary: 'an `in` that is no place for a parameter',
  message: ({ place, near }) => `a parameter cannot stand in \`${place}\`${suggestion(near)}`,
  help: () => 'Use path, query, header or cookie.',
});

export const styleNotAllowed = defineDiagnostic<{ style: string; place: string; allowed: readonly string[] }>({
  code: 'parameter/style',
  level: 'error',
  summary: 'a `style` that does not exist for this place',
  message: ({ style, place }) => `a ${place} parameter cannot have the style \`${style}\``,
  help: ({ allowed }) => `Use ${list(allowed.map((name) => `\`${name}\``), 'or')}.`,
});

export const ignoredHeader = defineDiagnostic<{ name: string; instead: string }>({
  code: 'parameter/ignored-header',
  level: 'note',
  summary: 'a header parameter that OpenAPI tells readers to ignore',
  message: ({ name, instead }) => `\`${name}\` as a header parameter is ignored: OpenAPI describes it with ${instead}`,
  help: () => 'Take the parameter out.',
});

export const optionalPathParameter = defineDiagnostic<{ name: string }>({
  code: 'parameter/optional-path',
  level: 'warning',
  summary: 'a path parameter that does not say `required: true`',
  message: ({ name }) => `the path parameter \`${name}\` must say \`required: true\`; it is read as if it did`,
  help: () => 'Add `required: true`.',
});

export const untypedParameter = defineDiagnostic<{ name: string; both: boolean }>({
  code: 'parameter/schema',
  level: 'warning',
  summary: 'a parameter or header without exactly one of `schema` and `content`',
  message: ({ name, both }) => (both ? `\`${name}\` has both \`schema\` and \`content\`; the schema counts` : `\`${name}\` has neither \`schema\` nor \`content\`; any value is let through`),
  help: ({ both }) => (both ? 'Take one of the two out.' : 'Add a `schema`.'),
});

export const invalidMediaType = defineDiagnostic<{ mediaType: string }>({
  code: 'content/media-type',
  level: 'error',
  summary: 'a key of `content` that is no media type',
  message: ({ mediaType }) => `\`${mediaType}\` is not a media type`,
  help: () => 'Write a type and a subtype, as in `application/json`.',
  key: true,
});

export const duplicateMediaType = defineDiagnostic<{ mediaType: string }>({
  code: 'content/duplicate',
  level: 'error',
  summary: 'two media types that differ in case only',
  message: ({ mediaType }) => `\`${mediaType}\` is described twice: media types do not differ by case`,
  help: () => 'Take one of the two out.',
  key: true,
});

export const emptyContent = defineDiagnostic<{ what: string }>({
  code: 'content/empty',
  level: 'warning',
  summary: 'a request body or parameter without a media type',
  message: ({ what }) => `${what} names no media type; it is left out`,
  help: () => 'Add a media type, as in `application/json: { schema: … }`.',
});

export const invalidStatus = defineDiagnostic<{ status: string }>({
  code: 'response/status',
  level: 'error',
  summary: 'a key of `responses` that is no status',
  message: ({ status }) => `\`${status}\` is not a status`,
  help: () => 'Write a status as `200`, a class as `4XX`, or `default`.',
  key: true,
});

export const noResponses = defineDiagnostic<{ operation: string }>({
  code: 'response/none',
  level: 'warning',
  summary: 'an operation without responses',
  message: ({ operation }) => `\`${operation}\` describes no response, so nothing can be said of what it answers`,
  help: () => 'Add at least the response of success under `responses`.',
});

export const unknownScheme = defineDiagnostic<{ name: string; near: string | undefined }>({
  code: 'security/unknown-scheme',
  level: 'error',
  summary: 'a security requirement that names no scheme',
  message: ({ name, near }) => `there is no security scheme \`${name}\`${suggestion(near)}`,
  help: ({ name }) => `Add \`${name}\` to \`components.securitySchemes\`, or correct the name.`,
  key: true,
});

export const unknownSchemeType = defineDiagnostic<{ type: string; allowed: readonly string[]; near: string | undefined }>({
  code: 'security/unknown-type',
  level: 'error',
  summary: 'a security scheme of a type or place that does not exist',
  message: ({ type, near }) => `\`${type}\` is not known for security schemes${suggestion(near)}`,
  help: ({ allowed }) => `Use ${list(allowed, 'or')}.`,
});

export const duplicateOperationId = defineDiagnostic<{ id: string; other: string }>({
  code: 'operation/duplicate-id',
  level: 'error',
  summary: 'two operations whose ids are, or become, the same name',
  message: ({ id, other }) => (id === other ? `the operationId \`${id}\` is given twice` : `the operationIds \`${id}\` and \`${other}\` become the same name in code or on disk`),
  help: () => 'Rename one of the two.',
});

export const all = [
  noOperations, malformedPath, fragmentInPath, queryInPath, trailingSlash, pathCollision, undeclaredVariable, absentVariable, duplicateParameter, unknownPlace,
  styleNotAllowed, ignoredHeader, optionalPathParameter, untypedParameter, invalidMediaType, duplicateMediaType, emptyContent, invalidStatus, noResponses,
  unknownScheme, unknownSchemeType, duplicateOperationId,
];
