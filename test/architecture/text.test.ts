import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { sourceFiles } from '../support/sources.js';

/** The functions that make the text of a whole file; each takes data or `Code`, never a finished text of a document. */
const printers = new Set(['file', 'printJson', 'printYaml', 'printHcl', 'script']);

/**
 * Where a generator makes a file of text that no printer has made, `file:line`: text of a document could be in it as
 * it stands. Looks at every object that has a `path` and an `ownership`.
 */
const unprinted = (name: string, text: string): string[] => {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const properties = new Map(node.properties.flatMap((property) => (property.name && ts.isIdentifier(property.name) ? [[property.name.text, property] as const] : [])));
      const content = properties.get('content');
      if (properties.has('path') && properties.has('ownership') && content) {
        const value = ts.isPropertyAssignment(content) ? content.initializer : undefined;
        const printer = value && ts.isCallExpression(value) ? value.expression.getText() : undefined;
        if (printer === undefined || !printers.has(printer)) found.push(`${name}:${source.getLineAndCharacterOfPosition(content.getStart()).line + 1}`);
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
    ['a name', 'const f = { path, ownership: "generated", content };'],
  ])('%s that is planted is found', (_, planted) => {
    expect(unprinted('planted.ts', planted)).toEqual(['planted.ts:1']);
  });
});
