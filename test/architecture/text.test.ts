import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { sourceFiles } from '../support/sources.js';

/** The functions that make the text of a whole file; each takes data or `Code`, never a finished text of a document. `source` is of the package. */
const printers = new Set(['file', 'printJson', 'printJsonKept', 'printYaml', 'printHcl', 'printTemplate', 'script', 'source.replace']);

/** What the functions of a file answer, by the name they are kept under. */
const answersOf = (source: ts.SourceFile): ReadonlyMap<string, readonly ts.Expression[]> => {
  const answers = new Map<string, ts.Expression[]>();
  for (const statement of source.statements) {
    for (const { name, initializer } of ts.isVariableStatement(statement) ? statement.declarationList.declarations : []) {
      if (!initializer || !ts.isArrowFunction(initializer)) continue;
      const found: ts.Expression[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
        if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
      };
      if (ts.isBlock(initializer.body)) visit(initializer.body);
      else found.push(initializer.body);
      answers.set(name.getText(), found);
    }
  }
  return answers;
};

/**
 * Where a generator makes a file of text that no printer has made, `file:line`: text of a document could be in it as
 * it stands. Looks at every object that has a `path` and an `ownership`.
 */
const unprinted = (name: string, text: string): string[] => {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const answers = answersOf(source);
  const fixed = new Set(source.statements.flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : []))
    .filter(({ initializer }) => initializer && ts.isStringLiteralLike(initializer)).map(({ name: constant }) => constant.getText()));
  const printed = (value: ts.Expression | undefined, depth = 0): boolean => {
    if (value && ts.isIdentifier(value)) return fixed.has(value.text);
    if (!value || !ts.isCallExpression(value) || depth > 3) return false;
    const callee = value.expression.getText();
    const own = answers.get(callee);
    return printers.has(callee) || (own !== undefined && own.length > 0 && own.every((answer) => printed(answer, depth + 1)));
  };
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const properties = new Map(node.properties.flatMap((property) => (property.name && ts.isIdentifier(property.name) ? [[property.name.text, property] as const] : [])));
      const content = properties.get('content');
      if (properties.has('path') && properties.has('ownership') && content && !printed(ts.isPropertyAssignment(content) ? content.initializer : undefined)) {
        found.push(`${name}:${source.getLineAndCharacterOfPosition(content.getStart()).line + 1}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const generatorFiles = sourceFiles('generators').filter((file) => !file.startsWith('generators/kit/'));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('text of a document becomes code through a printer only', () => {
  it('in every file that a generator makes', () => {
    // Sources of the runtime are ours, and copied as they are.
    const copied = /^generators\/handlers\/(?:project|index)\.ts/;
    expect(generatorFiles.flatMap((file) => unprinted(file, textOf(file))).filter((place) => !copied.test(place))).toEqual([]);
  });
  it('since nothing outside of the printers makes code of text, but for another compiler\'s program', () => {
    expect(generatorFiles.filter((file) => textOf(file).includes('Code.trusted'))).toEqual([]);
    expect(generatorFiles.filter((file) => /\bforeign\(/.test(textOf(file)))).toEqual(['generators/validators/compile.ts']);
  });
  it.each([
    ['a template', 'const f = { path, ownership: "generated", content: `export const title = \'${api.title}\';` };'],
    ['a sum', 'const f = { path, ownership: "generated", content: "// " + api.title };'],
    ['a list of lines', 'const f = { path, ownership: "generated", content: lines.join("\\n") };'],
    ['a template of a function', 'const f = { path, ownership: "generated", content: text(api) };const text = (api) => { if (api) return file(); return `// ${api}`; };'],
    ['a name', 'const f = { path, ownership: "generated", content };'],
  ])('%s that is planted is found', (_, planted) => {
    expect(unprinted('planted.ts', planted)).toEqual(['planted.ts:1']);
  });
});
