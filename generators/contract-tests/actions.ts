import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, JsonType, Operation, Schema } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { answerProperties, isDone } from './answers.js';
import { merge } from './merge.js';
import { operationAt } from './neighbours.js';
import { thingIn } from './things.js';

/** The word for what is done: `favorite` of `/articles/{slug}/favorite`. */
const wordOf = ({ path }: Operation): string => {
  const last = path.segments.at(-1);
  return last?.kind === 'literal' ? plain(last.text).replace(/s$/, '') : '';
};

type Properties = ReadonlyMap<string, Schema>;
const isOf = (api: Api, schema: Schema, type: JsonType): boolean => merge(api, schema).types?.value.includes(type) ?? false;

/** Whether a thing says of itself that it was done: `favorited`, `isPinned`. */
const tellsState = (api: Api, operation: Operation, properties: Properties): boolean => {
  const stem = wordOf(operation).replace(/e$/, '');
  return stem !== '' && [...properties].some(([name, property]) => plain(name).includes(stem) && isOf(api, property, 'boolean'));
};

/** What of a thing counts how often it was done: `favoritesCount`, `likes`. */
const countIn = (api: Api, operation: Operation, properties: Properties): string | undefined => {
  const word = wordOf(operation);
  const counts = word === '' ? [] : [`${word}s`, `${word}count`, `${word}scount`, `num${word}s`, `numberof${word}s`];
  return [...properties].find(([name, property]) => counts.includes(plain(name)) && isOf(api, property, 'integer'))?.[0];
};

/** What takes a POST back: a DELETE of the same path, where both answer with the thing above it, as it is then, and its state can be seen. */
export const undoOf = (api: Api, operation: Operation): Plan['undo'] => {
  const above = operation.path.text.slice(0, operation.path.text.lastIndexOf('/'));
  const read = operationAt(api, above, 'GET');
  const back = operationAt(api, operation.path.text, 'DELETE');
  const thing = thingIn(api, operation);
  if (operation.method !== 'POST' || !read || !back || !isDone(operation) || !isDone(back) || !thing || thingIn(api, read)?.name !== thing.name || thingIn(api, back)?.name !== thing.name) return undefined;
  const properties = answerProperties(api, { origin: api.origin, ref: thing.name });
  const count = countIn(api, operation, properties);
  if (count === undefined && !tellsState(api, operation, properties)) return undefined;
  return { call: back.id, ...(count === undefined ? {} : { count: `${thing.pointer}/${pointerToken(count)}` }) };
};

/** How it is told of what can be done once that it was done before, by the document's own words. */
export const onceOf = ({ method, path: { segments }, body, responses }: Operation, { label }: EmitContext): Plan['once'] => {
  const told = responses.find(({ status, description }) => status === 409 && /\b(?:already|before|twice)\b/i.test(description));
  return method === 'POST' && !body && told && segments.at(-1)?.kind === 'literal' && segments.at(-2)?.kind === 'variable' ? { at: label(told.origin) } : undefined;
};
