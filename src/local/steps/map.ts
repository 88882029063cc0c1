import type { Json } from '../../base/json.js';
import { evaluate } from '../../ir/evaluate.js';
import type { Template } from '../../ir/index.js';
import { factsOf } from '../facts.js';
import type { MakeStep } from '../passage.js';

/** What the author mapped of a request that is passed on to another server. What services are sent is mapped where they are called. */
export const map: MakeStep = (site, { operation: { integration: { backend, request: template } } }) => {
  if (backend.kind !== 'http' || (!backend.path && !template)) return undefined;
  return (passage) => {
    const body = jsonOf(passage.request.body);
    if (template && body === malformed) return { outcome: 'not JSON', answer: site.refuse('BAD_REQUEST_BODY', passage.id) };
    const facts = factsOf(site, passage, body === malformed ? undefined : body);
    const text = (part: Template): string => {
      const value = evaluate(part, facts);
      return encodeURIComponent(value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
    };
    const { path } = backend;
    passage.mapped = {
      ...(path ? { path: path.kind === 'text' ? path.parts.map((part) => (typeof part === 'string' ? part : text({ kind: 'value', expression: part }))).join('') : path.kind === 'literal' ? String(path.value) : text(path) } : {}),
      ...(template ? { body: JSON.stringify(evaluate(template, facts) ?? null) } : {}),
    };
    return { outcome: 'mapped' };
  };
};

const malformed = Symbol('malformed');

const jsonOf = (body: Uint8Array): Json | undefined | typeof malformed => {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as Json;
  } catch {
    return malformed;
  }
};
