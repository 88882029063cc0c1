import type { ListPlan, PagesPlan } from './list-plan.js';

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export interface JsonSchema { readonly [keyword: string]: Json }

/** Values of one request, by name; the body as JSON, or as text that is sent as it is. */
export interface Given {
  readonly path?: Values;
  readonly query?: Values;
  readonly header?: Values;
  readonly cookie?: Values;
  readonly body?: Json;
}
export interface Values { readonly [name: string]: Json }

export type Place = 'path' | 'query' | 'header' | 'cookie';

/** How a parameter travels. `fresh`: another value for each request, as idempotency keys need it. */
export interface ParameterPlan {
  readonly in: Place;
  readonly name: string;
  readonly style: 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject' | 'json';
  readonly explode: boolean;
  readonly fresh?: Variation;
}

/** What a value may be replaced with, so that no two requests are the same: text of some length, a number between two. */
export type Variation =
  | { readonly kind: 'text'; readonly least: number; readonly most: number }
  | { readonly kind: 'email' | 'uuid' }
  /** Pieces one after the other, each of some letters, so many of them. */
  | { readonly kind: 'pattern'; readonly parts: readonly (readonly [letters: string, least: number, most: number])[] }
  | { readonly kind: 'integer'; readonly least: number; readonly most: number };

export interface BodyPlan {
  readonly mediaType: string;
  readonly kind: 'json' | 'form' | 'multipart' | 'text' | 'binary';
  readonly required: boolean;
  /** Largest body in bytes, and where the document says so. */
  readonly limit: number;
  /** Nobody looks at what it is. */
  readonly anyType?: true;
  /** Parts of a multipart body that are files. */
  readonly files?: readonly string[];
  readonly at: string;
}

/**
 * One case: what is changed in a request that is fine (`query.limit`, `body#/items/0`), by which rule, to what value
 * (`undefined`: it is left out), and where the document says so.
 */
export type Row = readonly [place: string, rule: string, value: Json | undefined, at: string];

/** A declared answer. */
export interface AnswerPlan {
  readonly status: number | string;
  readonly at: string;
  readonly headers?: readonly { readonly name: string; readonly required: boolean; readonly schema: JsonSchema }[];
  readonly contents?: readonly { readonly mediaType: string; readonly json: boolean; readonly schema?: JsonSchema }[];
}

/** What a caller shows for one scheme. */
export interface Showing {
  readonly scheme: string;
  readonly as: 'bearer' | 'basic' | 'key' | 'other';
  /** Of a key: where it stands. */
  readonly in?: 'header' | 'query' | 'cookie';
  readonly name?: string;
  readonly scopes: readonly string[];
  /** Who checks it: the gateway's own check can be tried with tokens made for it. */
  readonly check: 'token' | 'plan' | 'code' | 'signature' | 'certificate' | 'nobody';
  readonly audience?: string;
  readonly issuer?: string;
  /** For how many seconds it is believed what code said of a caller; absent where nobody can tell. */
  readonly believed?: number;
  readonly at: string;
}

/** The call that makes something, and where its answer has what names it. */
export interface Need { readonly call: string; readonly from: string }

/** An operation as far as others call it, too. */
export interface Call {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly at: string;
  readonly parameters?: readonly ParameterPlan[];
  readonly body?: BodyPlan;
  /** Alternatives; each a list of what must be shown together. None: everyone may call. */
  readonly callers?: readonly (readonly Showing[])[];
  /** A request that is fine, with all that may be in it. */
  readonly given: Given;
  /** Its body with others chosen wherever there are a few. */
  readonly other?: Json;
  /** Its body as the other alternatives of its schema have it, and the same with others chosen. */
  readonly kinds?: readonly Json[];
  /** Its body with nothing that may be left out, where that is another. */
  readonly least?: Json;
  /** Which of its values may be others, so that no two requests are the same. */
  readonly varies?: readonly (readonly [place: string, variation: Variation])[];
  /** Where values of the path come from: the call that makes what they name, and where its answer has them. */
  readonly needs?: { readonly [variable: string]: Need };
  /** For how many seconds its answers are kept: they may be older than what was made since. */
  readonly cached?: number;
  /** Where values of the body come from that name something else: places, with a `*` for each of a list. */
  readonly refs?: readonly (readonly [place: string, need: Need])[];
  /** Places of the body that have what the path has, by its variable. */
  readonly repeats?: readonly (readonly [place: string, variable: string])[];
  /** The call whose answer has the ETag without which it is not taken. */
  readonly match?: string;
  readonly pages?: PagesPlan;
  /** Names of the path that nothing of the document makes: fixtures must. */
  readonly unknown?: readonly string[];
}

export interface Plan extends Call {
  readonly title?: string;
  /** Requests that are fine, by a name. */
  readonly good: readonly (readonly [name: string, given: Given, at: string])[];
  readonly edges?: readonly Row[];
  readonly faults?: readonly Row[];
  readonly answers: readonly AnswerPlan[];
  /** Whether the body is checked wherever the request goes. */
  readonly checked: boolean;
  /** Whether its answers are ours to tell pages of; what another server answers, and code that makes its own answers, is theirs. */
  readonly readable: boolean;
  /** Headers that every answer has, or never has. */
  readonly headers?: { readonly set: readonly (readonly [name: string, value: string])[]; readonly removed: readonly string[]; readonly at: string };
  readonly cacheControl?: string;
  readonly throttle?: { readonly rate: number; readonly burst: number; readonly per: 'route' | 'client' | 'key'; readonly retryAfter: number; readonly at: string };
  readonly cache?: { readonly seconds: number; readonly parts: readonly CachePart[]; readonly at: string };
  readonly accept?: AcceptPlan;
  /** What a workflow is run with, whose outcome is waited for. */
  readonly sends?: SendPlan;
  readonly upload?: { readonly expires: number; readonly maxSize?: number; readonly types?: readonly string[]; readonly at: string };
  readonly list?: ListPlan;
  readonly change?: ChangePlan;
  /** The call that takes back what this one does, at the same path, and answers with the same thing. */
  readonly undo?: { readonly call: string; /** Where both answer how often it was done, by whomever. */ readonly count?: string };
  /** Done again, it is a conflict; where the document says so. */
  readonly once?: { readonly at: string };
  /** A variable of its path with a value that nothing is called by, and the statuses that say so; any of 4XX where there are none. */
  readonly missing?: { readonly variable: string; readonly value: Json; readonly statuses?: readonly number[] };
  /** Bodies that name one thing to change, each; what they do not name stays. */
  readonly partial?: { readonly read: string; readonly echoes: readonly Echo[]; readonly bodies: readonly Json[] };
  /** Texts that are read no more after a body that leaves them out replaced what had them. */
  readonly replaced?: { readonly read: string; readonly body: Json; readonly echoes: readonly Echo[] };
  /** Places of the body that name something else, each with what nothing is called by. */
  readonly strangers?: readonly (readonly [place: string, value: Json])[];
  /** The call that lets somebody in by what this one wrote: its places, and where the body of this one has the same. */
  readonly enters?: { readonly call: string; readonly pairs: readonly (readonly [place: string, from: string])[] };
  /** A place of the body, and where the answer repeats it, with what another call finds one by. */
  readonly sole?: { readonly place: string; readonly to: string; readonly by: string };
  /** A header by which a request that is sent again is known, and where the answer has what the first one made. */
  readonly repeat?: { readonly header: string; readonly from?: string; readonly at: string };
  /** The one state in which it is done, where what reads the thing has it, and what may lead out of it. */
  readonly only?: { readonly read: string; readonly pointer: string; readonly state: string; readonly leave: readonly string[] };
  /** The one file of a form, where the answer says how many bytes it has, and what gives it back. */
  readonly content?: { readonly file: string; readonly size?: string; readonly read?: { readonly call: string; readonly variable: string; readonly from: string } };
  /** What is answered of a thing is read of it afterwards. */
  readonly settled?: { readonly read: string; readonly same: SamePlan };
  /** Query parameters that the answer repeats, each with where. */
  readonly mirrors?: readonly (readonly [name: string, pointer: string])[];
  /** Several things that are asked for at once, and what became of each: pointers to the lists, and to what counts the results. */
  readonly batch?: { readonly asked: string; readonly results: string; /** How many went well, and how many did not. */ readonly counts?: readonly [well: string, badly: string]; /** Where a result has its place among those that are asked for, from 0 on. */ readonly index?: string; /** What reads a thing that a result has, by what of the result. */ readonly made?: { readonly read: string; readonly variable: string; readonly id: string } };
  /** What a success says again of its request. */
  readonly repeated?: RepeatedPlan;
  /** What it takes for a password that is wrong, where one is asked for. */
  readonly secret?: { readonly place: string; readonly wrong: string };
  /** The same again is a conflict: something of it is taken then. */
  readonly unique?: true;
  /** What is asked and answered by ETag. */
  readonly conditions?: ConditionsPlan;
  /** What the gateway answers by itself. */
  readonly fixed?: { readonly status: number; readonly body?: Json };
  /** How long the answer may take, in seconds. */
  readonly timeout?: { readonly seconds: number; readonly at: string };
  /** What a key may ask in all. */
  readonly quota?: { readonly limit: number; readonly per: 'day' | 'week' | 'month'; /** Requests that may be sent at once, and a second. */ readonly burst: number; readonly rate: number; readonly at: string };
}

/** What an answer says again of its request: pointers into the answer by variables of the path, by pointers into the body, and with what stands there where something of the body is left out. */
export interface RepeatedPlan {
  readonly names?: readonly (readonly [variable: string, answer: string])[];
  readonly same?: readonly Echo[];
  /** What is kept of the body: truth values, numbers, one of a few and nothing at all are not put in another way, as texts may be. */
  readonly written?: readonly Echo[];
  readonly defaults?: readonly (readonly [request: string, answer: string, value: Json])[];
}

/** Where two answers say the same of a thing; `open`: each may leave out something, to other callers, or where it is not asked for. */
export interface SamePlan { readonly pairs: readonly Echo[]; readonly open?: true }

/** Conditions of requests (RFC 9110, section 13). */
export interface ConditionsPlan {
  /** The call that reads the thing; the operation itself, where it reads. */
  readonly read: string;
  /** A read: that what is as it was is not sent again. A change: that what was changed in between is not changed. */
  readonly kind: 'read' | 'change';
  /** Statuses by which a condition is told to have failed. */
  readonly statuses: readonly number[];
  readonly at: string;
}

/** Part of a cache's key, with another value for it. */
export type CachePart = { readonly kind: 'principal' } | { readonly kind: 'claim'; readonly path: readonly string[] } | { readonly kind: 'parameter'; readonly in: 'path' | 'query' | 'header'; readonly name: string; readonly other: Json };

/** What a resource is sent. */
export interface SendPlan {
  readonly resource: string;
  /** What the message is made of; absent: the body itself. */
  readonly message?: Mapping;
  readonly at: string;
}

/** What is answered now, and what is sent for later. */
export interface AcceptPlan extends SendPlan {
  readonly status: number;
  readonly kind: string;
  /** Pointers to what of the answer follows the work. */
  readonly tracking?: readonly string[];
  readonly location: boolean;
  readonly retryAfter: boolean;
  /** What makes a repeated request the same work, where what carries it remembers that. */
  readonly once?: { readonly place: string; readonly at: string };
  /** When a message is given up that its reader fails at, and for how long it is hidden in between. */
  readonly failing?: { readonly after: number; readonly seconds: number };
}

/** Values of a message, as the document maps them. */
export type Mapping =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'body'; readonly pointer: readonly string[] }
  | { readonly kind: 'parameter'; readonly in: Place; readonly name: string }
  | { readonly kind: 'requestId' | 'principal' }
  | { readonly kind: 'claim'; readonly name: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'text'; readonly parts: readonly (string | Mapping)[] }
  | { readonly kind: 'list'; readonly items: readonly Mapping[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [name: string, value: Mapping])[] };

/** A change of something that nobody makes: what is written is answered, and read at the same path. */
export interface ChangePlan {
  readonly read: string;
  readonly written: readonly Echo[];
  readonly echoes: readonly Echo[];
}

/** A thing with its life: made, read, changed, listed, deleted. */
export interface Story {
  readonly name: string;
  readonly create: string;
  readonly read?: string;
  readonly update?: readonly string[];
  readonly remove?: string;
  readonly list?: { readonly call: string; /** Pointer to what names it, within an item. */ readonly id: string };
  /** The answer of the making call says where it is. */
  readonly location?: true;
  /** Pointers to what of a thing says when it was made. */
  readonly stays?: readonly string[];
  /** What the making call answers of a thing is read of it. */
  readonly same?: SamePlan;
  /** The path variable that names it. */
  readonly variable: string;
  /** Per call, the properties of its answers that say what was written, as pairs of pointers: into the request, into the answer. */
  readonly echoes: { readonly [call: string]: { readonly written: readonly Echo[]; readonly read: readonly Echo[]; readonly listed?: readonly Echo[] } };
}
export type Echo = readonly [request: string, answer: string];

/** What all operations of an API share. */
export interface ApiPlan {
  readonly title: string;
  readonly at: string;
  readonly schemas: { readonly [name: string]: JsonSchema };
  readonly calls: { readonly [operation: string]: Call };
  readonly envelope: { readonly mediaType: string; readonly schema: JsonSchema; readonly at: string };
  /** Whether errors of the gateway itself are in the envelope, too. */
  readonly ownErrors: boolean;
  readonly cors?: CorsPlan;
  /** Claims that something depends on: tokens have them. */
  readonly claims: readonly string[];
  /** What nothing is tried out of, and why: a report tells it by name. */
  readonly untried?: readonly { readonly operation: string; readonly promise: 'answers' | 'life'; readonly name: string; readonly why: string; readonly at: string }[];
  readonly routes: readonly (readonly [path: string, methods: readonly string[]])[];
}
export interface CorsPlan {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  readonly maxAge: number;
  readonly at: string;
}
