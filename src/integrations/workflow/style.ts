import { choice, object, template, text } from '../../language/shape.js';
import { needsExpress } from '../diagnostics.js';
import { inputOf } from '../input.js';
import type { Style } from '../style.js';

/** Started (202), or run and answered; a failed run is not a success. */
export const workflowStyle: Style = {
  name: 'workflow',
  shape: object('A workflow is started, or run and answered.', {
    workflow: text('Name of the workflow.'),
    mode: choice('Start it and answer 202, or run it and answer with its output (express only).', ['start', 'sync'], { default: 'start' }),
    name: template('Name of the run; a second start with the same name is refused.', { examples: ['$context.requestId'] }),
  }),
  mean: (facts, scope) => {
    const workflow = scope.resource(facts.text('workflow') ?? '', 'workflow', facts.where('workflow'));
    if (!workflow) return undefined;
    const sync = facts.text('mode') === 'sync';
    if (sync && workflow.type === 'standard') scope.report(needsExpress({ name: workflow.name }, facts.where('mode'), [{ at: workflow.origin, message: 'the workflow is described here' }]));
    return {
      backend: { kind: 'service', call: sync ? 'run-and-wait' : 'start-run', resource: workflow.name, input: inputOf(facts, scope, ['name']) },
      flow: sync ? 'wait' : 'accept',
      features: [{ id: sync ? 'service.workflow-run' : 'service.workflow-start', at: facts.origin }],
    };
  },
};
