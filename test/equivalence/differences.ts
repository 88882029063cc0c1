import type { Edge } from '../support/edge.js';
import type { Fields } from '../support/targets.js';

/** A way in which the tools differ, and what is taken out of both outputs so that the rest can be compared. */
export interface Difference { readonly name: string; readonly why: string; readonly without: (edge: Edge) => Edge }

export const differences: readonly Difference[] = [
  {
    name: 'authorizers in Terraform stand behind an alias',
    why: 'Terraform makes every function the same way, with an alias; SAM gives one to those whose changes it rolls out. Either is the latest version.',
    without: (edge) => ({ ...edge, definition: JSON.parse(JSON.stringify(edge.definition).replace(/‹function (authorizers\/[^›]*)\.(?:alias|arn)›/g, '‹function $1›')) as Fields }),
  },
  {
    name: 'SAM grants by itself what an event source needs',
    why: 'The transform attaches the managed policy of the source to the function’s role; Terraform has no such thing, and says the actions.',
    without: (edge) => ({
      ...edge,
      functions: Object.fromEntries(Object.entries(edge.functions).map(([name, one]) => [name, {
        ...(one as Fields), grants: ((one as Fields)['grants'] as { actions: string[] }[]).filter(({ actions }) => !actions.some((action) => /^(?:sqs:ReceiveMessage|kinesis:GetRecords|dynamodb:GetRecords)$/.test(action))),
      }])),
    }),
  },
];
