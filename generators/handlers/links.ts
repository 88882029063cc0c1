import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { linkAnswerOf } from '../../src/ir/link.js';
import type { Api, LinkTask, Operation } from '../../src/ir/index.js';
import type { LinkContract } from '../../src/runtime/link.js';
import { docComment, file, generatedHeader, Imports, join, lit, ts } from '../kit/typescript/index.js';
import type { Json } from '../../src/base/json.js';
import { templateContract } from '../validators/template.js';

/** The whole code behind an operation that answers with a link: there is nothing to fill in. */
export const linkFile = (api: Api, operation: Operation, task: LinkTask, context: EmitContext): OutputFile => {
  const path = layout.link(operation);
  const imports = new Imports();
  const contract = imports.value(specifier(path, layout.validator(operation)), 'contract');
  const link = imports.value(specifier(path, layout.runtime('link.ts')), 'link');
  const { method, summary } = operation;
  return {
    path, ownership: 'generated', origin: operation.origin,
    content: file(generatedHeader(context.label(operation.origin)), imports, [join([
      docComment(summary, `${method} ${operation.path.text}`),
      ts`export const handler = ${link}(${contract}, ${lit(linkContract(api, operation, task) as unknown as Json)});`,
    ], '\n')]),
  };
};

const linkContract = (api: Api, operation: Operation, task: LinkTask): LinkContract => {
  const { status, headers, body } = linkAnswerOf(api, operation, task);
  const { bucket, key, expiresSeconds, maxBytes, types, contentType } = task;
  return {
    bucket,
    key: templateContract(key),
    deep: operation.path.segments.flatMap((segment) => (segment.kind === 'variable' && segment.greedy ? [segment.name] : [])),
    expiresSeconds,
    ...(maxBytes === undefined ? {} : { upload: { maxBytes, types, ...(contentType ? { contentType: templateContract(contentType) } : {}) } }),
    status,
    headers: [...headers].map(([name, value]) => [name, templateContract(value)]),
    ...(body ? { body: templateContract(body) } : {}),
  };
};
