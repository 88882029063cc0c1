import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout } from '../../src/emit/layout.js';
import type { Api, Operation } from '../../src/ir/index.js';
import { nameable, pascal } from '../../src/base/text.js';
import type { Origin } from '../../src/base/origin.js';
import { compare } from '../../src/base/order.js';
import { docComment, file, generatedHeader, ident, Imports, isIdentifier, join, lit, ts } from '../kit/typescript/index.js';
import { printJson } from '../kit/json.js';

/** What makes the output folder a project of its own; written once. */
export const projectFiles = (api: Api): OutputFile[] => [
  {
    path: layout.packageFile,
    ownership: 'scaffold',
    content: printJson({
      name: api.name,
      private: true,
      type: 'module',
      scripts: { typecheck: 'tsc --noEmit', build: `node ${layout.build}` },
      devDependencies: { esbuild: '^0.28.2', typescript: '>=5.6' },
    }),
  },
  {
    path: layout.compilerOptions,
    ownership: 'scaffold',
    content: printJson({
      compilerOptions: {
        target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', moduleResolution: 'NodeNext', types: [],
        strict: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, isolatedModules: true, noEmit: true,
      },
      include: ['generated', 'handlers', 'workers', 'authorizers', 'versions'],
    }),
  },
];

/** `generated/errors.ts`: a class for each error that the document maps to a status. */
export const errorsFile = (api: Api, context: EmitContext): OutputFile => {
  const mapped = new Map<string, { statuses: Set<number>; origin: Origin }>();
  for (const { policy } of [...api.operations.values()] satisfies Operation[]) {
    for (const [name, { status, origin }] of policy.errors) {
      const entry = mapped.get(name) ?? { statuses: new Set(), origin };
      entry.statuses.add(status);
      mapped.set(name, entry);
    }
  }
  const imports = new Imports();
  const taken = new Set<string>(['DomainError']);
  const classes = [...mapped].sort(([a], [b]) => compare(a, b)).map(([name, { statuses }]) => {
    let className = isIdentifier(name) ? name : nameable(pascal(name)) || 'MappedError';
    while (taken.has(className) || !isIdentifier(className)) className = `${className}Error`;
    taken.add(className);
    const base = imports.value('./runtime/problem.js', 'DomainError');
    return join([docComment(`Throw it to answer ${[...statuses].sort().join(' or ')}.`), ts`export class ${ident(className)} extends ${base} {\n  override readonly name = ${lit(name)};\n}`], '\n');
  });
  return { path: layout.errors, ownership: 'generated', content: file(generatedHeader(context.label(api.origin)), imports, classes.length > 0 ? classes : [ts`export {};`]), origin: api.origin };
};
