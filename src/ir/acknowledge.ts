import type { Json } from '../base/json.js';
import { plain } from '../base/text.js';
import type { Api } from './api.js';
import type { Expression, Template } from './expression.js';
import type { ResponseMapping } from './integration.js';
import type { Operation, Response } from './operation.js';
import type { Schema } from './schema.js';
import { refusedProperties } from './views.js';
import { included, resolve } from './walk.js';

/** What a caller is told at once, while the work is still to be done. */
export interface Acknowledgement {
  readonly status: number;
  readonly mediaType: string;
  /** Absent where the operation declares no JSON for it, and the author mapped none. */
  readonly body?: Template;
  /** Properties that the declared answer requires, and of which nobody knows the value; none where the author mapped the answer. */
  readonly lacking: readonly string[];
  readonly headers: ReadonlyMap<string, Template>;
  readonly location?: Location;
  /** When it is worth asking for the state of the work. */
  readonly retryAfterSeconds?: number;
}

/** A path that begins as the request's does, before the segments that are the operation's own. Values stand in it percent-encoded. */
export interface Location {
  /** How many segments at the end of the request's path are the operation's. */
  readonly own: number;
  readonly parts: readonly (string | Expression)[];
}

/** The answer of an operation that accepts its work; the mapping of the author first, else what the declared answer is named. */
export const acknowledgementOf = (api: Api, operation: Operation): Acknowledgement | undefined => {
  const { flow, responses } = operation.integration;
  if (flow.kind !== 'accept') return undefined;
  const { acknowledge: status, status: reporter } = flow;
  const mapping = mappingFor(responses, status, false);
  const declared = declaredAt(operation.responses, status)?.contents.find(({ kind }) => kind === 'json');
  const tracking = flow.tracking ?? requestId(operation);
  const asked = api.operations.get(reporter ?? '');
  const { entries, lacking } = filled(api, mapping ? undefined : declared?.schema, tracking, asked);
  const body = mapping ? mapping.body : declared && { kind: 'object' as const, entries };
  const location = reporter === undefined ? undefined : locationOf(operation, asked, tracking);
  return {
    status,
    mediaType: declared?.mediaType ?? 'application/json',
    ...(body ? { body } : {}),
    lacking,
    headers: mapping?.headers ?? new Map(),
    ...(location ? { location } : {}),
    ...(reporter === undefined ? {} : { retryAfterSeconds: Math.max(1, Math.ceil((operation.policy.throttle?.retryAfterMs ?? 1000) / 1000)) }),
  };
};

/** The author's mapping for a status: of itself, of its class, or (for errors) of whatever is not named. */
export const mappingFor = (responses: readonly ResponseMapping[], status: number, error: boolean): ResponseMapping | undefined =>
  [status, `${Math.floor(status / 100)}XX`, ...(error ? ['default'] : [])].map((wanted) => responses.find((each) => each.status === wanted)).find((each) => each !== undefined);

/** What the document says of a status: of itself, of its class, or in general. */
export const declaredAt = (responses: readonly Response[], status: number): Response | undefined =>
  [status, `${Math.floor(status / 100)}XX`, 'default'].map((wanted) => responses.find((each) => each.status === wanted)).find((each) => each !== undefined);

/** Properties of an acknowledgement that are taken for the id of the work, without their case and their marks. */
const idNames = new Set(['id', 'eventid', 'executionid', 'jobid', 'messageid', 'recordid', 'requestid', 'runid', 'trackingid']);

/** Properties of the declared answer with what is known of them: of those that are required what the document fixes, and the id of the work. */
const filled = (api: Api, schema: Schema | undefined, tracking: Expression, reporter: Operation | undefined): { readonly entries: readonly (readonly [string, Template])[]; readonly lacking: readonly string[] } => {
  const whole = schema ? included(api, schema) : [];
  const required = new Set(whole.flatMap((part) => part.required ?? []));
  const isId = identifies(api, tracking, reporter);
  const entries = [...new Map(whole.flatMap(({ properties }) => [...(properties ?? [])]))].flatMap(([name, property]): readonly (readonly [string, Template])[] => {
    const fixed = required.has(name) ? fixedValue(api, property) : undefined;
    if (fixed !== undefined) return [[name, { kind: 'literal', value: fixed }]];
    return isId(name, property) ? [[name, { kind: 'value', expression: tracking }]] : [];
  });
  const unseen = new Set(whole.flatMap((part) => [...refusedProperties(api, part, 'response')]));
  return { entries, lacking: [...required].filter((name) => !unseen.has(name) && !entries.some(([given]) => given === name)) };
};

/** The only value that a property can have, where it has one. */
const fixedValue = (api: Api, property: Schema): Json | undefined =>
  [property, ...included(api, property)].flatMap(({ const: only, enum: values }) => only ?? (values?.length === 1 ? values : []))[0];

/** The id of the work is called so everywhere, or as the path of the operation that reports on it calls it. */
const identifies = (api: Api, tracking: Expression, reporter: Operation | undefined): ((name: string, property: Schema) => boolean) => {
  const last = reporter?.path.segments.at(-1);
  const names = last?.kind === 'variable' ? new Set([...idNames, plain(last.name)]) : idNames;
  return (name, property) => tracking.source.kind === 'context' && names.has(plain(name)) && (resolve(api, property).types?.includes('string') ?? true);
};

const requestId = ({ integration: { origin } }: Operation): Expression =>
  ({ origin, text: '$context.requestId', source: { kind: 'context', name: 'requestId' }, schema: { origin, types: ['string'] }, optional: false });

/** The variables of the reporting operation's path are this one's, but for one, which is the id of the work. */
const locationOf = (operation: Operation, reporter: Operation | undefined, tracking: Expression): Location | undefined => {
  if (!reporter || tracking.source.kind === 'body' || operation.path.segments.some((segment) => segment.kind === 'variable' && segment.greedy)) return undefined;
  const own = new Set(operation.path.segments.flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : [])));
  const parts: (string | Expression)[] = [];
  let tracked = 0;
  for (const segment of reporter.path.segments) {
    if (segment.kind === 'mixed' || (segment.kind === 'variable' && segment.greedy)) return undefined;
    parts.push('/');
    if (segment.kind === 'literal') parts.push(segment.text);
    else if (own.has(segment.name)) parts.push(parameter(operation, segment.name));
    else {
      tracked += 1;
      parts.push(tracking);
    }
  }
  return tracked === 1 ? { own: operation.path.segments.length, parts } : undefined;
};

const parameter = ({ origin }: Operation, name: string): Expression =>
  ({ origin, text: `$request.path.${name}`, source: { kind: 'parameter', in: 'path', name }, schema: { origin, types: ['string'] }, optional: false });

/** The status of a success: the first that is declared. */
export const successOf = (responses: readonly Response[]): number =>
  responses.map(({ status }) => status).find((status): status is number => typeof status === 'number' && status >= 200 && status < 300) ?? 200;
