import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { answerProperties, jsonOf, success } from './answers.js';
import { merge } from './merge.js';

/** Names of a list with a result for each, and of what a result says of one. */
const results = /^(?:results|responses|outcomes|items|statuses)$/;
const told = /^(?:index|status|statuscode|state|outcome|result|success|error)$/;

/** Names of how many went well, and did not. */
const counted = [/^(?:succeeded|successes|successful|succeededcount|successcount)$/, /^(?:failed|failures|failedcount|failurecount)$/] as const;

/** Lists of objects right within: the value itself, or its properties. */
const listsIn = (api: Api, schema: Schema, properties: ReadonlyMap<string, Schema>): readonly (readonly [pointer: string, items: Schema])[] => {
  const own = merge(api, schema).items;
  return own ? [['', own]] : [...properties].flatMap(([name, property]) => {
    const { items } = merge(api, property);
    return items && merge(api, items).properties.size > 0 ? [[`/${pointerToken(name)}`, items] as const] : [];
  });
};

/** A request of several things that is answered with what became of each. */
export const batchOf = (api: Api, operation: Operation): Plan['batch'] => {
  const [request, answer] = [jsonOf(operation.body?.contents), jsonOf(success(operation)?.contents)];
  if (operation.method !== 'POST' || !request || !answer) return undefined;
  const [[asked] = [], ...others] = listsIn(api, request, merge(api, request).properties);
  const [[back, result] = [], ...more] = listsIn(api, answer, answerProperties(api, answer));
  if (asked === undefined || back === undefined || !result || others.length + more.length > 0) return undefined;
  const [list] = asked === '' ? [merge(api, request)] : [...merge(api, request).properties].filter(([name]) => `/${pointerToken(name)}` === asked).map(([, property]) => merge(api, property));
  const each = [...merge(api, result).required.keys()].some((name) => told.test(plain(name)));
  const fits = (list?.bounds.get('maxItems')?.value ?? 2) >= 2 && list?.unique === undefined;
  const [well, badly] = counted.map((names) => [...answerProperties(api, answer)].find(([name, property]) => names.test(plain(name)) && (merge(api, property).types?.value.includes('integer') ?? false))?.[0]);
  const counts = well === undefined || badly === undefined ? {} : { counts: [`/${pointerToken(well)}`, `/${pointerToken(badly)}`] as const };
  return each && fits && (back === '' || results.test(plain(back))) ? { asked, results: back, ...counts } : undefined;
};
