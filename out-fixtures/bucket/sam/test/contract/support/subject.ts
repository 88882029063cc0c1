import { brokenAnswer, type Broken } from './answer.js';
import type { ApiPlan, Plan } from './plan.js';
import { unrepeated } from './repeated.js';
import type { Promises } from './promise.js';
import { isFixed, told, type Reply, type Session } from './session.js';

/** Everything that a section of an operation's tests needs. */
export interface Subject { readonly api: ApiPlan; readonly plan: Plan; readonly session: Session; readonly promises: Promises }

/** Whether answers are held to the properties that the document lists. */
export const isClosed = ({ session }: Subject): boolean => session.fixtures.undeclaredProperties !== 'allow';

/** What of an answer is not as declared. Where no function stands, an error is the gateway's own: in its envelope, whatever more the document lists. */
export const judged = (subject: Subject, reply: Reply): readonly Broken[] =>
  brokenAnswer(subject.api, subject.plan, reply, isClosed(subject) && (subject.plan.checked || reply.status < 400));

/** A conflict that the document knows: it tells of what is kept, not of what was sent. */
export const isConflict = ({ answers }: Plan, { status }: Reply): boolean => status === 409 && answers.some((answer) => answer.status === 409);

/** Statuses by which a request is told to be wrong, wherever that is found out. */
const refusals = new Set([400, 413, 414, 415, 422]);

/** What of an answer does not say that the request was taken. What the path names may not exist, where nobody could know. */
export const taken = (subject: Subject, reply: Reply, at: string): readonly Broken[] => {
  const { plan, session } = subject;
  const broken = [...judged(subject, reply), ...unrepeated(plan, reply, (variable) => session.known(variable) !== undefined)];
  // Nor does anybody know who is let in by a password that was made up.
  if (reply.status === 401 && plan.secret !== undefined && !told(session.stated(plan), plan.secret.place)) return broken;
  if (isFixed(plan) && isConflict(plan, reply)) return broken;
  const sure = session.sure(plan);
  if (broken.length === 0 && sure && reply.status >= 400) return [{ message: `the request is fine, and was answered ${reply.status}`, at }];
  if (broken.length === 0 && refusals.has(reply.status)) return [{ message: `the request is fine, and was refused with ${reply.status}`, at }];
  if (!sure && reply.status === 404) return broken.filter(({ message }) => !message.startsWith('the status'));
  return broken;
};
