import { expect, it } from 'vitest';
import { typedAt } from '../../src/cli/lsp/position.js';

const at = (line: string, rest = 'paths: {}') => typedAt(`openapi: 3.1.0\nx-gateway:\n${line}\n${rest}`.split('\n'), { line: 2, character: line.length });

it('reads a document once while one word of it is typed, and anew when something else is', () => {
  const [first, second] = [at('  na'), at('  name')];
  expect([first.word, second.word, second.start, second.end]).toEqual(['na', 'name', 2, 6]);
  expect(second.places.map(({ position, path }) => [position, path])).toEqual([['key', ['x-gateway']], ['value', ['x-gateway']]]);
  expect(second.places.every(({ document }, index) => document === first.places[index]?.document)).toBe(true);
  expect(at('  name', 'paths: { /a: {} }').places[0]?.document).toMatchObject({ paths: { '/a': {} } });
});
