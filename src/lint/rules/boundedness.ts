import { list } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import { operationRule, routeOf } from '../rule.js';

const tooMuch = defineDiagnostic<{ route: string; uses: readonly string[]; why: string }>({
  code: 'design/does-too-much',
  level: 'warning',
  summary: 'a request path that depends on too much at once',
  message: ({ route, uses, why }) => `${route} ${why}: ${list(uses.map((each) => `\`${each}\``))}`,
  help: () => 'Persist, publish and answer 202; let a worker do the rest (`async`).',
});

/** What a caller waits for should have few ways to fail. */
export const boundedness = operationRule([tooMuch], (operation, report) => {
  const { policy: { uses }, integration: { flow }, origin } = operation;
  if (flow.kind !== 'wait') return;
  const names = [...new Set(uses.map(({ resource }) => resource))];
  const written = new Set(uses.flatMap(({ resource, access }) => (access === 'write' ? [resource] : [])));
  const publishes = uses.some(({ access }) => access === 'publish' || access === 'start');
  const why = names.length > 3 ? 'has the caller wait for more than three things'
    : written.size > 1 && publishes ? 'writes to several places and publishes, while the caller waits' : undefined;
  if (why !== undefined) report(tooMuch({ route: routeOf(operation), uses: names, why }, origin));
});
