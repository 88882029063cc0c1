import type { Resource, Template } from '../ir/index.js';
import type { Facts } from '../language/bound.js';
import { fifo } from './diagnostics.js';
import type { StyleScope } from './style.js';

type Ordered = Extract<Resource, { kind: 'queue' | 'topic' }>;

/** What only ordered (fifo) queues and topics take, they need; others refuse it. */
export const checkOrdered = ({ name, kind, fifo: ordered }: Ordered, facts: Facts, { report }: StyleScope): void => {
  if (ordered && !facts.has('group')) {
    report(fifo({ name, rule: `is a fifo ${kind}, and what is sent has no \`group\``, help: 'Add `group`, an expression: what is of one group stays in order.' }, facts.origin));
  }
  for (const key of ordered ? [] : ['group', 'dedupe']) {
    if (facts.has(key)) report(fifo({ name, rule: `is no fifo ${kind}, and cannot take \`${key}\``, help: `Take \`${key}\` out, or make the ${kind} \`fifo: true\`.` }, facts.where(key)));
  }
};

/** The arguments, with the request's id as what tells one message from another where the author named nothing. */
export const withDedupe = ({ fifo: ordered }: Ordered, input: ReadonlyMap<string, Template>, facts: Facts, scope: StyleScope): ReadonlyMap<string, Template> => {
  const requestId = ordered && !input.has('dedupe') ? scope.template({ value: '$context.requestId', origin: facts.origin }) : undefined;
  return requestId ? new Map([...input, ['dedupe', requestId]]) : input;
};
