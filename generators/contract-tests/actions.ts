import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, Operation } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { answerProperties } from './answers.js';
import { merge } from './merge.js';
import { operationAt } from './neighbours.js';
import { thingIn } from './things.js';

/** Whether a thing says of itself that something is so: what is done to it and taken back can be seen of it. */
const tellsState = (api: Api, name: string): boolean => [...answerProperties(api, { origin: api.origin, ref: name }).values()].some((property) => merge(api, property).types?.value.includes('boolean'));

/** Where a thing counts what an action does to it: `favoritesCount`, `likes`, where the path ends in `favorite`, `like`. */
const countIn = (api: Api, { path }: Operation, thing: NonNullable<ReturnType<typeof thingIn>>): string | undefined => {
  const last = path.segments.at(-1);
  const word = last?.kind === 'literal' ? plain(last.text).replace(/s$/, '') : '';
  const counts = word === '' ? [] : [`${word}s`, `${word}count`, `${word}scount`, `num${word}s`, `numberof${word}s`];
  const [found] = [...answerProperties(api, { origin: api.origin, ref: thing.name })].filter(([name, property]) => counts.includes(plain(name)) && merge(api, property).types?.value.includes('integer'));
  return found && `${thing.pointer}/${pointerToken(found[0])}`;
};

/** What takes a POST back: a DELETE of the same path, where both answer with the thing above it, as it is then, and its state can be seen. */
export const undoOf = (api: Api, operation: Operation): Plan['undo'] => {
  const above = operation.path.text.slice(0, operation.path.text.lastIndexOf('/'));
  const read = operationAt(api, above, 'GET');
  const back = operationAt(api, operation.path.text, 'DELETE');
  const thing = thingIn(api, operation);
  if (operation.method !== 'POST' || !read || !back || !thing || thingIn(api, read)?.name !== thing.name || thingIn(api, back)?.name !== thing.name || !tellsState(api, thing.name)) return undefined;
  const count = countIn(api, operation, thing);
  return { call: back.id, ...(count === undefined ? {} : { count }) };
};

/** How it is told of what can be done once that it was done before, by the document's own words. */
export const onceOf = ({ method, path: { segments }, body, responses }: Operation, { label }: EmitContext): Plan['once'] => {
  const told = responses.find(({ status, description }) => status === 409 && /\b(?:already|before|twice)\b/i.test(description));
  return method === 'POST' && !body && told && segments.at(-1)?.kind === 'literal' && segments.at(-2)?.kind === 'variable' ? { at: label(told.origin) } : undefined;
};
