import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { compileAll, errorsOf } from '../support/compile.js';
import { thorough } from '../support/thorough.js';
import { placesIn, replaced, sample } from './sample.js';

const places = placesIn(sample);

describe('a sound document with another value at one place', () => {
  it('is sound before', async () => {
    const compilation = await compileAll({ stdin: JSON.stringify(sample) });
    expect(errorsOf(compilation)).toEqual([]);
    expect(compilation.files?.length).toBeGreaterThan(60);
    expect(places.length).toBeGreaterThan(500);
  });

  const values: readonly (readonly [string, Json])[] = [['null', null], ['a list', []], ['an object', {}], ['an empty text', ''], ['zero', 0], ['true', true], ['a long text', 'x'.repeat(5000)]];
  it.each(values.map(([name, by], turn) => [name, by, turn] as const))('%s: builds, or is refused with a code', async (_, by, turn) => {
    for (const path of places.filter((_each, index) => thorough || index % values.length === turn)) {
      const compilation = await compileAll({ stdin: JSON.stringify(replaced(sample, path, by)) });
      if (compilation.failed) expect(compilation.diagnostics.length, path.join('/')).toBeGreaterThan(0);
      else expect(compilation.files?.length, path.join('/')).toBeGreaterThan(0);
    }
  }, 120_000);
});
