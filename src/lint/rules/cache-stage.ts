import { count } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Rule } from '../rule.js';

const nowhere = defineDiagnostic<{ operations: number }>({
  code: 'cache/no-stage',
  level: 'warning',
  allow: true,
  summary: 'answers that are to be cached, and no stage that has a cache',
  message: ({ operations }) => `${count(operations, 'operation')} would be cached, and no stage has a cache`,
  help: () => 'Add `cacheSize: 0.5` to one of `x-gateway.stages`; a cache is paid for by the hour, so no stage has one unasked.',
});

/** The cache belongs to a stage; without one, every request reaches the backend. */
export const cacheStage: Rule = {
  diagnostics: [nowhere],
  check: ({ operations, stages, protocol }, report) => {
    const cached = [...operations.values()].flatMap(({ policy }) => policy.cache ?? []);
    const [first] = cached;
    if (first && protocol.kind === 'rest' && [...stages.values()].every(({ cacheSize }) => cacheSize === undefined)) report(nowhere({ operations: cached.length }, first.origin));
  },
};
