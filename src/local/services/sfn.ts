import type { JsonObject } from '../../base/json.js';
import { neededIn, present, textIn, type Actions } from './action.js';
import { arnOf, at } from './address.js';
import { ServiceFailure } from './failure.js';
import type { Run, Workflow } from './workflow.js';

const told = (machine: string, { arn, name, input, startedAt, stoppedAt, status, output, error, cause }: Run): JsonObject => present({
  executionArn: arn, stateMachineArn: arnOf('states', `stateMachine:${machine}`), name, input, status, output, error, cause,
  startDate: startedAt / 1000, stopDate: stoppedAt === undefined ? undefined : stoppedAt / 1000,
});

/** The API of workflows. */
export const sfnActions = (workflows: ReadonlyMap<string, Workflow>): Actions => {
  const workflowIn = (input: JsonObject): Workflow => at(workflows, neededIn(input, 'stateMachineArn'), 'StateMachineDoesNotExist');
  return {
    StartExecution: (input) => {
      const { run } = workflowIn(input).start(textIn(input, 'input') ?? '{}', textIn(input, 'name'));
      return { executionArn: run.arn, startDate: run.startedAt / 1000 };
    },
    StartSyncExecution: async (input) => {
      const workflow = workflowIn(input);
      if (workflow.settings.type !== 'express') throw new ServiceFailure('StateMachineTypeNotSupported', 'This operation is for express workflows only.');
      return told(workflow.settings.name, await workflow.start(textIn(input, 'input') ?? '{}', textIn(input, 'name')).finished);
    },
    DescribeExecution: (input) => {
      const arn = neededIn(input, 'executionArn');
      for (const [name, workflow] of workflows) {
        const run = workflow.settings.type === 'standard' ? workflow.runs().find((each) => each.arn === arn) : undefined;
        if (run) return told(name, run);
      }
      throw new ServiceFailure('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    },
    ListExecutions: (input) => {
      const workflow = workflowIn(input);
      return { executions: workflow.runs().map((run) => told(workflow.settings.name, run)) };
    },
  };
};
