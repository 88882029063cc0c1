import { at } from '../base/origin.js';
import type { Operation, Parameter } from '../ir/index.js';
import { routeOf } from '../lint/rule.js';
import type { Tell } from './changes.js';
import { compareContents } from './contents.js';
import type { SchemaDiffer } from './schema/differ.js';
import { alike, code } from './values.js';
import type { Both } from './version.js';

/** Variables of the path are told by where they stand, other parameters by their name. */
const identityOf = (parameter: Parameter, { path }: Operation): string => {
  if (parameter.in !== 'path') return `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;
  const names = path.segments.flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : segment.kind === 'mixed' ? segment.parts.flatMap((part) => ('name' in part ? [part.name] : [])) : []));
  return `path ${names.indexOf(parameter.name)}`;
};

const called = ({ in: place, name }: Parameter): string => `${{ path: 'Path variable', query: 'Query parameter', header: 'Header', cookie: 'Cookie' }[place]} ${code(name)}`;

/** What an operation takes. */
export const compareRequest = (differ: SchemaDiffer, { was, now }: Both<Operation>, tell: Tell): void => {
  const left = new Map(was.parameters.map((parameter) => [identityOf(parameter, was), parameter]));
  const fresh: Parameter[] = [];
  for (const parameter of now.parameters) {
    const identity = identityOf(parameter, now);
    const before = left.get(identity);
    left.delete(identity);
    if (before) compareParameter(differ, { was: before, now: parameter }, tell);
    else fresh.push(parameter);
  }
  for (const parameter of fresh) {
    const moved = [...left].find(([, { name }]) => name.toLowerCase() === parameter.name.toLowerCase());
    if (moved) {
      left.delete(moved[0]);
      tell('parameter-moved', `${called(parameter)} was ${called(moved[1]).toLowerCase()}`, { was: moved[1].origin, now: parameter.origin });
    } else if (parameter.required) tell('parameter-added-required', `${called(parameter)} must be sent, and is new`, { was: was.origin, now: parameter.origin });
    else tell('parameter-added', `${called(parameter)} may be sent`, { was: was.origin, now: parameter.origin });
  }
  for (const parameter of left.values()) tell('parameter-removed', `${called(parameter)} is gone: who sends it is not heard`, { was: parameter.origin, now: now.origin });
  compareBody(differ, { was, now }, tell);
};

const compareParameter = (differ: SchemaDiffer, { was, now }: Both<Parameter>, tell: Tell): void => {
  const places = (key: string): { was: typeof was.origin; now: typeof now.origin } => ({ was: at(was.origin, key), now: at(now.origin, key) });
  if (was.required !== now.required) tell(now.required ? 'parameter-required' : 'parameter-optional', `${called(now)} ${now.required ? 'must be sent' : 'may be left out'}`, places('required'));
  if (now.deprecated && !was.deprecated) tell('parameter-deprecated', `${called(now)} is deprecated`, places('deprecated'));
  if (!alike(was.encoding, now.encoding)) tell('parameter-style-changed', `${called(now)} is written ${written(now)}, and was ${written(was)}`, places('style'));
  const text = now.encoding.kind === 'style' && was.encoding.kind === 'style';
  differ.compare([was.schema], [now.schema], { direction: 'request', label: called(now), was: was.origin, now: now.origin, text }, tell);
};

const written = ({ encoding }: Parameter): string => (encoding.kind === 'content'
  ? `as ${code(encoding.mediaType)}`
  : `in the style ${code(encoding.style)}${encoding.explode ? ', exploded' : ''}${encoding.allowReserved ? ', with reserved characters' : ''}${encoding.allowEmptyValue ? ', or empty' : ''}`);

const compareBody = (differ: SchemaDiffer, { was, now }: Both<Operation>, tell: Tell): void => {
  const [before, after] = [was.body, now.body];
  const route = routeOf(now);
  if (!before && !after) return;
  if (!before || !after) {
    const places = { was: before?.origin ?? was.origin, now: after?.origin ?? now.origin };
    if (!after) tell('body-removed', `${route} takes no body any more: what is sent in it is not heard`, places);
    else if (after.required) tell('body-required', `${route} must have a body, and had none`, places);
    else tell('body-added', `${route} may have a body`, places);
    return;
  }
  if (before.required !== after.required) {
    tell(after.required ? 'body-required' : 'body-optional', `${route} ${after.required ? 'must' : 'need not'} have its body`, { was: at(before.origin, 'required'), now: at(after.origin, 'required') });
  }
  compareContents(differ, { was: before.contents, now: after.contents }, { direction: 'request', label: 'The body', was: before.origin, now: after.origin }, tell);
};
