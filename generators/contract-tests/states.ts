import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { answerProperties, declares, success } from './answers.js';
import { merge } from './merge.js';
import { neighbours, operationAt } from './neighbours.js';
import { thingIn } from './things.js';

/** Whether a text says that only what is in a state is meant: `a shipment that is a draft still`, `delete a draft`. */
const isMeant = (text: string, state: string, method: Operation['method']): boolean => {
  const name = state.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[_-]/g, '[ _-]');
  const meant = [`(?:that|which|who) (?:is|are) (?:still )?(?:an? )?${name}`, `(?:while|as long as|only if|only when) (?:it is |they are )?(?:still )?(?:an? )?${name}`, `only (?:an? )?${name}s?`, ...(method === 'DELETE' ? [`^delete an? ${name}`] : [])];
  return new RegExp(`(?:${meant.join('|')})\\b(?! or\\b|,)`, 'i').test(text);
};

/** The one state in which something may be changed or taken away, by the text and a declared 409, and the actions that may lead out of it. */
export const onlyOf = (api: Api, operation: Operation): Plan['only'] => {
  const { method, path: { text }, summary = '' } = operation;
  const read = operationAt(api, text, 'GET');
  const thing = read && thingIn(api, read);
  if (!['PUT', 'PATCH', 'DELETE'].includes(method) || !declares(operation, 409) || !thing) return undefined;
  const [[name, states] = []] = [...answerProperties(api, { origin: api.origin, ref: thing.name })].filter(([key]) => ['status', 'state'].includes(plain(key))).map(([key, property]) => [key, merge(api, property).options?.value ?? []] as const);
  const [state, ...others] = (states ?? []).filter((each): each is string => typeof each === 'string' && isMeant(summary, each, method));
  const leave = (neighbours(api).below.get(text) ?? []).filter((each) => each.method === 'POST' && !each.body && each.path.segments.at(-1)?.kind === 'literal' && success(each) && thingIn(api, each)?.name === thing.name);
  return name === undefined || state === undefined || others.length > 0 || leave.length === 0 ? undefined : { read: read.id, pointer: `${thing.pointer}/${pointerToken(name)}`, state, leave: leave.map(({ id }) => id) };
};
