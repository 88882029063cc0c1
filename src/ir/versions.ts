import type { Operation } from './operation.js';
import type { Version } from './policy.js';

type Operations = ReadonlyMap<string, Operation>;

/** The versions that follow an operation's, next first, each that of the one before; ends where a chain comes back to itself. */
export const upgradesTo = (operations: Operations, operation: Operation): readonly Operation[] => {
  const chain: Operation[] = [];
  for (let next = following(operations, operation); next && next !== operation && !chain.includes(next); next = following(operations, next)) chain.push(next);
  return chain;
};

/** The version that comes next, whose code does the work of this one. */
export const following = (operations: Operations, { policy }: Operation): Operation | undefined => operations.get(policy.version?.replacedBy ?? '');

/** An operation, and the older ones that its route answers as well, newest first, where a header says which. */
export interface DatedRoute {
  /** In lower case. */
  readonly header: string;
  readonly date: string;
  /** What callers get who name none. */
  readonly default: string;
  readonly older: readonly { readonly date: string; readonly operation: Operation }[];
}

/** Which versions a route answers by its header; nothing where there is but one. */
export const datedRoute = (operations: Operations, operation: Operation): DatedRoute | undefined => {
  const { header, date, default: pinned } = operation.policy.version ?? {};
  if (header === undefined || date === undefined) return undefined;
  const older = [...operations.values()].flatMap((each) => {
    const dated = each.policy.version?.date;
    return dated !== undefined && upgradesTo(operations, each).includes(operation) ? [{ date: dated, operation: each }] : [];
  }).sort((a, b) => (a.date < b.date ? 1 : -1));
  return older.length === 0 ? undefined : { header: header.toLowerCase(), date, default: pinned ?? date, older };
};

/** The headers that announce the end of a version: `Deprecation` (RFC 9745), `Sunset` (RFC 8594, to the end of the day). */
export const announcements = (version: Version | undefined): ReadonlyMap<string, string> => {
  const [since, until] = [Date.parse(`${version?.deprecated}T00:00:00Z`), Date.parse(`${version?.sunset}T23:59:59Z`)];
  return new Map([
    ...(Number.isNaN(since) ? [] : [['deprecation', `@${since / 1000}`] as const]),
    ...(Number.isNaN(until) ? [] : [['sunset', new Date(until).toUTCString()] as const]),
  ]);
};
