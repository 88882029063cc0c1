import { Node, Project, SyntaxKind, type BindingElement, type SourceFile } from 'ts-morph';
import { compare } from '../../../src/base/order.js';

/** What a file of the developer says, as far as a change of the document can touch it. */
export interface Inspected {
  /** In code-unit order. */
  readonly exports: readonly string[];
  /** What of its input it reads, by dotted path (`query.limit`, `headers["x-tenant"]`) → the lines that do. */
  readonly reads: ReadonlyMap<string, readonly number[]>;
  /** The lines that answer a status. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
}

/** Reads the developer's files. They are parsed only, neither run nor resolved. Slow: for when something changed, not for every build. */
export const inspectHandlers = (sources: ReadonlyMap<string, string>): ReadonlyMap<string, Inspected> => {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  return new Map([...sources].map(([path, text]) => {
    const source = project.createSourceFile(`/${path}`, text);
    return [path, { exports: [...source.getExportedDeclarations().keys()].sort(compare), reads: readsOf(source), answers: answersOf(source) }] as const;
  }));
};

const inputs = new Set(['params', 'query', 'headers', 'cookies', 'body', 'auth', 'resources']);

const collect = (found: Map<string, number[]>, name: string, line: number): void => {
  found.set(name, [...new Set([...(found.get(name) ?? []), line])].sort((a, b) => a - b));
};

const readsOf = (source: SourceFile): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const access of source.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)) {
    const owner = lastName(access.getExpression());
    if (owner !== undefined && inputs.has(owner)) collect(found, `${owner}.${access.getName()}`, access.getNameNode().getStartLineNumber());
  }
  for (const access of source.getDescendantsOfKind(SyntaxKind.ElementAccessExpression)) {
    const owner = lastName(access.getExpression());
    const key = access.getArgumentExpression();
    if (owner !== undefined && inputs.has(owner) && Node.isStringLiteral(key)) collect(found, `${owner}["${key.getLiteralValue()}"]`, access.getStartLineNumber());
  }
  for (const element of source.getDescendantsOfKind(SyntaxKind.BindingElement)) {
    const owner = ownerOf(element);
    const name = nameOf(element);
    if (owner !== undefined && inputs.has(owner)) collect(found, /^[\w$]+$/.test(name) ? `${owner}.${name}` : `${owner}["${name}"]`, element.getStartLineNumber());
  }
  return found;
};

/** `query` in both `query` and `input.query`. */
const lastName = (node: Node): string | undefined => (Node.isIdentifier(node) ? node.getText() : Node.isPropertyAccessExpression(node) ? node.getName() : undefined);

const nameOf = (element: BindingElement): string => {
  const key = element.getPropertyNameNode();
  return key === undefined ? element.getName() : Node.isStringLiteral(key) ? key.getLiteralValue() : key.getText();
};

/** What a pattern takes apart: `query` in `({ query: { limit } })` and in `const { limit } = query`. */
const ownerOf = (element: BindingElement): string | undefined => {
  const around = element.getParent().getParent();
  if (Node.isBindingElement(around)) return nameOf(around);
  const taken = Node.isVariableDeclaration(around) ? around.getInitializer() : undefined;
  return taken && lastName(taken);
};

const answersOf = (source: SourceFile): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const property of source.getDescendantsOfKind(SyntaxKind.PropertyAssignment)) {
    if (property.getName() === 'status') collect(found, property.getInitializer()?.getText() ?? '', property.getStartLineNumber());
  }
  return found;
};
