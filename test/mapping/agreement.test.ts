import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate } from '../../src/ir/evaluate.js';
import { compiled, given } from '../support/compiled-mappings.js';
import { factsOf, requests, sound, template } from '../support/mapping-cases.js';

const count = Number(process.env['MAPPING_CASES'] ?? 10_000);

/** Cases of the seed that Apache Velocity prints in test/real: what agrees with the definition here and there agrees with each other. */
it.each([[20_260_409, count], [7, count / 10], [8, count / 10]])('printed as TypeScript, compiled and run, a mapping gives what it means: seed %i, %i cases', async (seed, numRuns) => {
  const cases = fc.sample(fc.tuple(template, requests), { numRuns, seed }).filter(([node, request]) => sound(node, factsOf(request)));
  const mappings = await compiled(cases.map(([node]) => node));
  const differences = cases.flatMap(([node, request], index) => {
    const facts = factsOf(request);
    const wanted = JSON.stringify(evaluate(node, facts));
    const found = JSON.stringify(mappings[index]?.(given(facts)));
    return wanted === found ? [] : [{ wanted, found, node: JSON.stringify(node), request: JSON.stringify(request) }];
  });
  expect(cases.length).toBeGreaterThan(numRuns / 2);
  expect(differences.slice(0, 3)).toEqual([]);
}, 60_000);
