import type { Given, Json } from './plan.js';

/** What a caller shows: headers and query parameters by name. */
export interface Credentials { readonly headers?: { readonly [name: string]: string }; readonly query?: { readonly [name: string]: string } }

/** Two callers who must never see each other's answers. */
export type Who = 'caller' | 'other';

/** The names that a document has, so that a misspelt one does not compile. */
export interface Names { readonly operation: string; readonly scheme: string; readonly variable: string }

/** What a document cannot know, told by the people who do. Everything is optional. */
export interface Fixtures<N extends Names = Names> {
  /** Values of path variables that exist where the suite runs. */
  readonly ids?: { readonly [variable in N['variable']]?: Json };
  /** What callers show, by security scheme; a function may ask the API under test (its address is given) for it. */
  readonly credentials?: { readonly [scheme in N['scheme']]?: Credentials | ((who: Who, url: string) => Credentials | Promise<Credentials>) };
  /** By operation, values that its requests have in place of made-up ones: a body that your data knows, say. */
  readonly requests?: { readonly [operation in N['operation']]?: Given };
  /** Called before the first request: seeds. */
  readonly before?: (url: string) => void | Promise<void>;
  /** Promises that cannot be held to here, each with the reason, which the report repeats. */
  readonly except?: readonly { readonly operation: N['operation']; readonly promise?: PromiseName; readonly case?: string; readonly reason: string }[];
  /** Whether answers may have properties that the document does not list; a document that leaves that open is held to its list otherwise. */
  readonly undeclaredProperties?: 'allow' | 'fail';
}

/** The kinds of promises, in the order of a report. */
export const promiseNames = ['answers', 'takes', 'refuses', 'body', 'callers', 'throttle', 'timeout', 'cache', 'later', 'upload', 'list', 'browsers', 'conditions', 'life', 'edge'] as const;
export type PromiseName = (typeof promiseNames)[number];

/** Types what a fixtures file says. */
export const defineFixtures = <N extends Names>(fixtures: Fixtures<N>): Fixtures<N> => fixtures;
