import { defineDiagnostic } from '../../diagnostics/define.js';
import { isMutation, operationRule, routeOf, type Rule } from '../rule.js';

const none = defineDiagnostic<{ route: string }>({
  code: 'load/no-throttle',
  level: 'warning',
  summary: 'an operation that changes something, with no bound on how often',
  message: ({ route }) => `${route} may be called as often as anyone likes`,
  help: () => 'Set a `throttle`, or inherit one.',
});

const overStage = defineDiagnostic<{ stage: string; stageRate: number; sum: number }>({
  code: 'load/over-stage',
  level: 'warning',
  summary: 'routes that together are promised more than their stage lets through',
  message: ({ stage, stageRate, sum }) => `the routes may take ${sum} requests a second together, and the stage \`${stage}\` lets ${stageRate} through`,
  help: () => 'Raise the throttle of the stage, or lower those of the routes.',
});

export const mutationThrottle = operationRule([none], (operation, report) => {
  if (isMutation(operation) && !operation.policy.throttle) report(none({ route: routeOf(operation) }, operation.origin));
});

export const stageThrottle: Rule = {
  diagnostics: [overStage],
  check: ({ operations, stages }, report) => {
    const sum = [...operations.values()].reduce((total, { policy }) => total + (policy.throttle?.rate ?? 0), 0);
    for (const { name, origin, throttle } of stages.values()) {
      if (throttle && sum > throttle.rate) report(overStage({ stage: name, stageRate: throttle.rate, sum }, origin));
    }
  },
};
