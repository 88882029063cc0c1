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
    const { path } = backend;
    passage.mapped = {
      ...(path ? { path: path.kind === 'text' ? path.parts.map((part) => (typeof part === 'string' ? part : text({ kind: 'value', expression: part }))).join('') : path.kind === 'literal' ? String(path.value) : text(path) } : {}),
      ...(template ? { body: JSON.stringify(evaluate(template, facts) ?? null) } : {}),
    };
    return { outcome: 'mapped' };
  };
};
