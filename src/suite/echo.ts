import type { Broken } from './answer.js';
import type { Echo, Json, SamePlan } from './plan.js';
import type { Reply } from './session.js';
import { at as follow, same } from './values.js';

/** What an answer is to repeat of what was written, and does not. */
export const unlike = (written: Json | undefined, { json }: Reply, echoes: readonly Echo[], at: string): readonly Broken[] => unlikeIn(written, json, echoes, at);

/** The same of one thing in an answer. */
export const unlikeIn = (written: Json | undefined, read: Json | undefined, echoes: readonly Echo[], at: string): readonly Broken[] => echoes.flatMap(([from, to]) => {
  const [given, got] = [follow(written, from), follow(read, to)];
  return given === undefined || same(given, got) ? [] : [{ message: `${JSON.stringify(given)} was written to ${from}, and ${JSON.stringify(got ?? null)} is read from ${to}`, at }];
});

/** What a thing is read as, and was not answered as before. */
export const unsame = ({ pairs, open }: SamePlan, answered: Reply, read: Reply, at: string): readonly Broken[] => pairs.flatMap(([from, to]) => {
  const [one, other] = [follow(answered.json, from), follow(read.json, to)];
  if (one === undefined || (open && other === undefined) || same(one, other ?? null)) return [];
  return [{ message: `${JSON.stringify(one)} was answered at ${from}, and ${JSON.stringify(other ?? null)} is read at ${to}`, at }];
});

/** What the body of a request says. */
export const sentBy = ({ wire }: Reply): Json | undefined => wire.sent;
