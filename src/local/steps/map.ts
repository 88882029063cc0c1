import { partsOf } from '../../../generators/kit/aws/mapped-path.js';
import { evaluate } from '../../ir/evaluate.js';
import type { Template } from '../../ir/index.js';
import { factsOf } from '../facts.js';
import type { MakeStep } from '../passage.js';
import { textOf } from './answers.js';
import { jsonBody } from './json-body.js';

/** What the author mapped of a request that is passed on to another server. What services are sent is mapped where they are called. */
export const map: MakeStep = (site, { operation }) => {
  const { backend, request: template } = operation.integration;
  if (backend.kind !== 'http' || (!backend.path && !template)) return undefined;
  return (passage) => {
    const body = template && jsonBody(operation, passage.request);
    if (typeof body === 'string') return { outcome: 'not mapped', answer: site.refuse(body, passage.id) };
    const facts = factsOf(site, passage, body?.json);
    const text = (part: Template): string => encodeURIComponent(textOf(evaluate(part, facts)));
    const path = backend.path && partsOf(backend.path).map((part) => (typeof part === 'string' ? part : text({ kind: 'value', expression: part }))).join('');
    // However they are encoded, these are steps in a path and no names: they would lead to another place of the backend.
    if (path?.split('/').some((segment) => segment === '.' || segment === '..')) return { outcome: 'not mapped', answer: site.refuse('BAD_REQUEST_PARAMETERS', passage.id) };
    passage.mapped = {
      ...(path === undefined ? {} : { path }),
      ...(template ? { body: JSON.stringify(evaluate(template, facts) ?? null) } : {}),
    };
    return { outcome: 'mapped' };
  };
};
