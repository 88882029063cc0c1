import { declared, type Answer, type NotImplemented } from './answer.js';
import type { OperationContract } from './contract.js';
import type { Auth, Incoming, NormalisedRequest } from './message.js';
import { Problem } from './problem.js';
import { inputOf, problemOf, type Served } from './serve.js';

type Parts = Pick<NormalisedRequest['request'], 'params' | 'query' | 'headers' | 'cookies' | 'body'>;
/** What of a request is said otherwise in the next version; who calls, and whence, stays. */
export type Upgraded<Newer extends Parts> = Pick<Newer, keyof Parts>;

/** How one version is told by the next. An answer in place of an upgraded request is given as it is: what the next version cannot do. */
export interface Hooks<Input, Output, NewerInput extends Parts, NewerOutput> {
  readonly upgrade: (input: Input) => Upgraded<NewerInput> | Output | Promise<Upgraded<NewerInput> | Output>;
  readonly downgrade: (answer: Exclude<NewerOutput, NotImplemented>, input: Input) => Output | Promise<Output>;
}

interface Given { readonly request: NormalisedRequest['request']; readonly auth: Auth | null; readonly context: NormalisedRequest['context'] }

/**
 * An older version of an operation: its own contract outside, and the next version's code inside. Each version knows the next alone, so
 * that a request goes up a chain of them and its answer comes down again.
 */
export const upgraded = <Input, Output extends Answer, NewerInput extends Parts, NewerOutput>(contract: OperationContract, hooks: Hooks<Input, Output, NewerInput, NewerOutput>) => (newer: Served): Served => ({
  contract,
  handle: async (input: Input & Given, incoming: Incoming): Promise<Answer | Problem> => {
    const request = await hooks.upgrade(input);
    if (isAnswer(request)) return request;
    const { params, query, headers, cookies, body } = request as Parts;
    const normalised = { request: { ...input.request, params, query, headers, cookies, body, route: newer.contract.route }, auth: input.auth, context: input.context };
    const answer = await newerAnswer(newer, normalised, incoming);
    // What is not written yet is so in every version.
    if (answer instanceof Problem || (answer.status === 501 && !declared(newer.contract.responses, 501))) return answer;
    return hooks.downgrade(answer as Exclude<NewerOutput, NotImplemented>, input);
  },
});

const isAnswer = <Output extends Answer>(value: object): value is Output => 'status' in value;

/** Errors of the newer version's code have the statuses that the newer version gives them. */
const newerAnswer = async (newer: Served, normalised: NormalisedRequest, incoming: Incoming): Promise<Answer | Problem> => {
  try {
    return await newer.handle(inputOf(newer.contract, incoming, normalised), incoming);
  } catch (error) {
    const problem = problemOf(newer.contract, error);
    if (problem) return problem;
    throw error;
  }
};

/** The versions that a route answers, and the header that says which. Days as ISO 8601 writes them. */
export interface Dated {
  /** In lower case. */
  readonly header: string;
  readonly date: string;
  /** For callers who name none. */
  readonly default: string;
  /** Newest first. */
  readonly older: readonly (readonly [date: string, served: Served])[];
}

/** An operation whose route answers older versions, too. */
export const dated = (newest: Served, { older, ...versions }: Dated): Served => {
  const served = varying(newest, versions.header);
  const others = older.map(([date, other]) => [date, varying(other, versions.header)] as const);
  return { ...served, choose: (asked) => chooseVersion(served, { ...versions, older: others }, asked), versionedBy: versions.header };
};

/** Caches beyond the gateway are told that the header decides. */
const varying = ({ contract, ...rest }: Served, header: string): Served =>
  ({ ...rest, contract: { ...contract, headers: { ...contract.headers, response: { ...contract.headers.response, set: [...contract.headers.response.set, ['vary', header]] } } } });

/** The version in force on the day that a caller names: the newest that is not younger. */
const chooseVersion = (newest: Served, { header, date, default: pinned, older }: Dated, asked: string | undefined): Served | Problem => {
  const day = asked ?? pinned;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return wrong(header, 'must be the day of a version, as 2026-01-15');
  if (day >= date) return newest;
  const found = older.find(([since]) => since <= day);
  return found ? found[1] : wrong(header, `must not be before ${older.at(-1)?.[0] ?? date}, the first version`);
};

const wrong = (name: string, message: string): Problem =>
  new Problem(400, 'validation', 'The request does not match its description.', [{ in: 'header', name, pointer: '', keyword: 'version', message }]);
