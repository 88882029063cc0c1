import { remember } from '../../src/base/remember.js';
import { plain } from '../../src/base/text.js';
import type { Api, Content, Operation, Schema } from '../../src/ir/index.js';
import { isRefused } from '../../src/ir/views.js';
import { merge } from './merge.js';

/** The first answer that is a success. */
export const success = ({ responses }: Operation): Operation['responses'][number] | undefined => responses.find(({ status }) => (typeof status === 'number' && status >= 200 && status < 300) || status === '2XX');
/** Whether a status is among the answers. */
export const declares = ({ responses }: Operation, wanted: number): boolean => responses.some(({ status }) => status === wanted);
export const jsonOf = (contents: readonly Content[] | undefined): Schema | undefined => contents?.find(({ kind }) => kind === 'json')?.schema;

/** Whether what is asked for is done when it is answered: 202 says that it may not be (RFC 9110, section 15.3.3). */
export const isDone = (operation: Operation): boolean => operation.integration.flow.kind === 'wait' && success(operation)?.status !== 202;

/** Names of parameters that say which properties are to come. */
const chosen = /^(?:fields.*|select|(?:field|read|response)mask|projection|view)$/;

/** Whether an answer may leave out what the caller does not ask for. */
export const isSparse = ({ parameters }: Operation): boolean => parameters.some(({ in: place, name }) => place === 'query' && chosen.test(plain(name)));

/** What a request writes: its body as JSON, or as a form. */
export const writtenIn = ({ body }: Operation): Schema | undefined => jsonOf(body?.contents) ?? body?.contents.find(({ kind }) => kind === 'form' || kind === 'multipart')?.schema;

/** The properties of an answer: merged as a request's, but with those that only travel back. */
export const answerProperties = (api: Api, schema: Schema): ReadonlyMap<string, Schema> => propertiesOf(schema, api);

const propertiesOf = remember((schema: Schema, api: Api): ReadonlyMap<string, Schema> => {
  const found = new Map<string, Schema>();
  const visit = (part: Schema, seen: ReadonlySet<string>): void => {
    for (const [name, property] of part.properties ?? []) if (!isRefused(api, property, 'response')) found.set(name, property);
    const target = part.ref === undefined || seen.has(part.ref) ? undefined : api.schemas.get(part.ref)?.schema;
    if (target && part.ref !== undefined) visit(target, new Set([...seen, part.ref]));
    for (const inner of part.allOf ?? []) visit(inner, seen);
  };
  visit(schema, new Set());
  return found;
});

/** Whether a value is a text, a number, true or false. */
export const isPlain = (api: Api, schema: Schema): boolean => merge(api, schema).types?.value.some((type) => !['object', 'array', 'null'].includes(type)) ?? false;
/** Whether a value can name something. */
export const isScalar = (api: Api, schema: Schema): boolean => merge(api, schema).types?.value.some((type) => type === 'string' || type === 'integer') ?? false;
