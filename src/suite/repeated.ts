import type { Broken } from './answer.js';
import { sentBy } from './echo.js';
import { pathOf } from './message.js';
import type { Json, Plan } from './plan.js';
import type { Reply } from './session.js';
import { at as follow, same as alike } from './values.js';

/** What a success is to say again of its request, and says otherwise. */
export const unrepeated = (plan: Plan, reply: Reply, known: (variable: string) => boolean): readonly Broken[] => {
  const { names = [], same = [], written = [], defaults = [] } = plan.repeated ?? {};
  if (reply.status >= 300 || reply.json === undefined) return [];
  const path = pathOf(plan, reply.wire);
  const sent = sentBy(reply);
  const broken = (wanted: Json | undefined, to: string, why: string): readonly Broken[] => {
    const got = follow(reply.json, to);
    return wanted === undefined || got === undefined || alike(wanted, got) ? [] : [{ message: `${why} ${JSON.stringify(wanted)}, and the answer says ${JSON.stringify(got)} at body#${to}`, at: plan.at }];
  };
  return [
    // What fixtures call something may be another word for it.
    ...names.filter(([name, to]) => !known(name) && String(follow(reply.json, to)).toLowerCase() !== path[name]?.toLowerCase()).flatMap(([name, to]) => broken(path[name], to, `${name} is`)),
    ...written.filter(([from]) => ['boolean', 'number'].includes(typeof follow(sent, from)) || follow(sent, from) === null).flatMap(([from, to]) => broken(follow(sent, from), to, `${from} was`)),
    ...same.flatMap(([from, to]) => broken(follow(sent, from), to, `${from} was`)),
    ...(typeof sent === 'object' && sent !== null ? defaults.filter(([from]) => follow(sent, from) === undefined).flatMap(([from, to, value]) => broken(value, to, `${from} was left out, which means`)) : []),
  ];
};
