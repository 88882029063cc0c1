import type { Operation, Response, ResponseHeader, StatusRange } from '../ir/index.js';
import type { Tell } from './changes.js';
import { compareContents } from './contents.js';
import type { SchemaDiffer } from './schema/differ.js';
import { code } from './values.js';
import type { Both } from './version.js';

/** What an operation answers, and what it sends by itself. */
export const compareResponses = (differ: SchemaDiffer, { was, now }: Both<Operation>, tell: Tell): void => {
  for (const before of was.responses) {
    const after = counterpart(before.status, now.responses);
    if (after) compareResponse(differ, { was: before, now: after }, tell);
    else if (isSuccess(before.status)) tell('response-status-removed', `${code(before.status)} is no longer answered`, { was: before.origin, now: now.origin });
    else tell('response-error-removed', `${code(before.status)} is no longer declared`, { was: before.origin, now: now.origin });
  }
  for (const after of now.responses) {
    if (counterpart(after.status, was.responses)) continue;
    if (was.responses.some(({ status }) => counterpart(status, [after]))) continue;
    tell(isSuccess(after.status) ? 'response-status-added' : 'response-error-added', `${code(after.status)} may be answered`, { was: was.origin, now: after.origin });
  }
  compareCallbacks(differ, { was, now }, tell);
};

/** The answer that is declared for a status: for itself, for its class, or for whatever is not named. */
const counterpart = (status: StatusRange, responses: readonly Response[]): Response | undefined =>
  [status, typeof status === 'number' ? `${Math.floor(status / 100)}XX` : status, 'default'].map((wanted) => responses.find((each) => each.status === wanted)).find((each) => each !== undefined);

const isSuccess = (status: StatusRange): boolean => /^[123]/.test(String(status));

const compareResponse = (differ: SchemaDiffer, { was, now }: Both<Response>, tell: Tell): void => {
  const label = `The answer ${code(now.status)}`;
  const after = new Map(now.headers.map((header) => [header.name.toLowerCase(), header]));
  for (const header of was.headers) {
    const other = after.get(header.name.toLowerCase());
    after.delete(header.name.toLowerCase());
    if (other) compareHeader(differ, { was: header, now: other }, tell);
    else tell(header.required ? 'response-header-removed' : 'response-header-lost', `${label} has no header ${code(header.name)} any more`, { was: header.origin, now: now.origin });
  }
  for (const header of after.values()) tell('response-header-added', `${label} has the header ${code(header.name)}`, { was: was.origin, now: header.origin });
  compareContents(differ, { was: was.contents, now: now.contents }, { direction: 'response', label, was: was.origin, now: now.origin }, tell);
};

const compareHeader = (differ: SchemaDiffer, { was, now }: Both<ResponseHeader>, tell: Tell): void => {
  const label = `The header ${code(now.name)}`;
  const places = { was: was.origin, now: now.origin };
  if (was.required !== now.required) tell(now.required ? 'response-header-required' : 'response-header-optional', `${label} is ${now.required ? 'always there' : 'not always there'}`, places);
  differ.compare([was.schema], [now.schema], { direction: 'response', label, ...places }, tell);
};

/** What the API sends to its callers is read by them, as answers are. */
const compareCallbacks = (differ: SchemaDiffer, { was, now }: Both<Operation>, tell: Tell): void => {
  const left = new Map(was.callbacks.map((callback) => [`${callback.name} ${callback.url} ${callback.method}`, callback]));
  const fresh = now.callbacks.filter((callback) => {
    const key = `${callback.name} ${callback.url} ${callback.method}`;
    const before = left.get(key);
    left.delete(key);
    if (before) compareContents(differ, { was: before.body?.contents ?? [], now: callback.body?.contents ?? [] }, { direction: 'response', label: `The callback ${code(callback.name)}`, was: before.origin, now: callback.origin }, tell);
    return !before;
  });
  for (const callback of fresh) {
    const moved = [...left].find(([, { name }]) => name === callback.name);
    if (moved) {
      left.delete(moved[0]);
      tell('callback-changed', `The callback ${code(callback.name)} is ${code(`${callback.method} ${callback.url}`)}, and was ${code(`${moved[1].method} ${moved[1].url}`)}`, { was: moved[1].origin, now: callback.origin });
    } else tell('callback-added', `There is a callback ${code(callback.name)}`, { was: was.origin, now: callback.origin });
  }
  for (const callback of left.values()) tell('callback-removed', `The callback ${code(callback.name)} is gone`, { was: callback.origin, now: now.origin });
};
