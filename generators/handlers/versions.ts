import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import type { Api, Operation } from '../../src/ir/index.js';
import { following } from '../../src/ir/versions.js';
import { comment, docComment, file, Imports, indented, join, scaffoldHeader, ts } from '../kit/typescript/index.js';
import { operationName } from './names.js';
import { signatureOf } from './signature.js';

/** The developer's file for an older version: what its requests are in the next one, and the next one's answers in it. It answers 501 until it is filled in. */
export const versionStub = (api: Api, operation: Operation, context: EmitContext): OutputFile => {
  const newer = following(api.operations, operation) ?? operation;
  const [own, next] = [signatureOf(api, operation), signatureOf(api, newer)];
  const path = layout.version(operation);
  const imports = new Imports();
  const bind = imports.value(specifier(path, layout.contract(operation)), operationName(operation));
  const { method, path: { text } } = operation;
  const differing = (answers: boolean): readonly string[] => [...new Set([...Object.keys(own), ...Object.keys(next)])].sort()
    .filter((part) => part.startsWith('answer ') === answers && own[part] !== next[part]).map((part) => `${part}: ${own[part] ?? 'not here'} → ${next[part] ?? 'gone'}`);
  const body = ts`export const handler = ${bind}({
  // A request of this version, as the next one takes it; or an answer, where the next one cannot do it.
  upgrade: async (input) => {
${indented([ts`${indented([...differing(false).map(comment), ts`return { status: 501 };`])}`])}
  },
  // An answer of the next version, as this one gives it.
  downgrade: async (answer, input) => {
${indented([ts`${indented([...differing(true).map(comment), ts`return { status: 501 };`])}`])}
  },
});`;
  const title = docComment(`${method} ${text}${operation.policy.version?.date === undefined ? '' : ` as of ${operation.policy.version.date}`}, in terms of ${newer.id}.`);
  const signature = { ...own, ...Object.fromEntries(Object.entries(next).map(([part, is]) => [`${newer.id}: ${part}`, is])) };
  return { path, ownership: 'scaffold', content: file(scaffoldHeader(context.specName), imports, [join([title, body], '\n')]), origin: operation.origin, signature };
};
