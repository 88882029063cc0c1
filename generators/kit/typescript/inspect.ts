import { Project, SyntaxKind } from 'ts-morph';
import { compare } from '../../../src/base/order.js';

/** What a file of the developer exports, and from where it takes what it binds. */
export interface Inspected {
  /** In code-unit order. */
  readonly exports: readonly string[];
  /** Specifier → imported names, in code-unit order. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** Whether it still answers 501, as a stub does. */
  readonly unwritten: boolean;
}

/** Reads the developer's files: by path, what each exports. They are parsed only, neither run nor resolved. Slow; not for builds. */
export const inspectHandlers = (sources: ReadonlyMap<string, string>): ReadonlyMap<string, Inspected> => {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  return new Map([...sources].map(([path, text]) => {
    const source = project.createSourceFile(`/${path}`, text);
    const imports = source.getImportDeclarations().map((declaration) =>
      [declaration.getModuleSpecifierValue(), declaration.getNamedImports().map((name) => name.getName()).sort(compare)] as const);
    const unwritten = source.getDescendantsOfKind(SyntaxKind.PropertyAssignment)
      .some((property) => /^(status|statusCode)$/.test(property.getName()) && property.getInitializer()?.getText() === '501');
    return [path, { exports: [...source.getExportedDeclarations().keys()].sort(compare), imports: new Map(imports), unwritten }] as const;
  }));
};
