import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { answerProperties, isDone, jsonOf, success } from './answers.js';
import { merge } from './merge.js';
import { neighbours } from './neighbours.js';
import { needsOf } from './resources.js';
import { thingIn } from './things.js';

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

/** What reads a thing that a result has, at the folder that the things are put into, and where the result has what it is called by. */
const madeIn = (api: Api, { path: { text } }: Operation, result: Schema): NonNullable<Plan['batch']>['made'] => {
  const folders = [text, text.slice(0, text.lastIndexOf('/'))].filter((folder) => folder !== '');
  const reads = folders.flatMap((folder) => neighbours(api).below.get(folder) ?? []).filter(({ method }) => method === 'GET');
  for (const [name, { ref }] of answerProperties(api, result)) for (const read of ref === undefined ? [] : reads) {
    const last = read.path.segments.at(-1);
    const need = last?.kind === 'variable' ? needsOf(api, read).needs[last.name] : undefined;
    const maker = need && api.operations.get(need.call);
    const other = maker && thingIn(api, maker);
    if (last?.kind !== 'variable' || !need || !other || other.name !== ref || thingIn(api, read)?.name !== ref || !need.from.startsWith(`body#${other.pointer}/`)) continue;
    return { read: read.id, variable: last.name, id: `/${pointerToken(name)}${need.from.slice(`body#${other.pointer}`.length)}` };
  }
  return undefined;
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
  const index = [...answerProperties(api, result)].find(([name, property]) => plain(name) === 'index' && merge(api, property).bounds.get('minimum')?.value === 0)?.[0];
  const made = isDone(operation) ? madeIn(api, operation, result) : undefined;
  return each && fits && (back === '' || results.test(plain(back))) ? { asked, results: back, ...counts, ...(index === undefined ? {} : { index: `/${pointerToken(index)}` }), ...(made ? { made } : {}) } : undefined;
};
