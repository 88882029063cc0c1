import { pointerToken, pointerTokens } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { Echo, Plan, Story } from '../../src/suite/plan.js';
import { answerProperties, isDone, isScalar, jsonOf, success } from './answers.js';
import { echoesIn, echoesOf, writtenBy } from './echoes.js';
import { neighbours, operationAt } from './neighbours.js';
import { listIn } from './pages.js';
import { idPointer, needsOf } from './resources.js';
import { sameOf } from './things.js';

/** Whether what one has written the other reads: both are functions, or both the service, and both are done when they answer. */
const alike = (a: Operation, b: Operation): boolean =>
  isDone(a) && isDone(b) && a.integration.backend.kind === b.integration.backend.kind;

/** What is written to a place that is read by the same path, and that nothing makes: settings, the caller's own. */
export const changeOf = (api: Api, operation: Operation, stories: readonly Story[]): Plan['change'] => {
  if (operation.method !== 'PUT' && operation.method !== 'PATCH') return undefined;
  const read = operationAt(api, operation.path.text, 'GET');
  if (!read || !alike(operation, read) || stories.some(({ update = [] }) => update.includes(operation.id))) return undefined;
  const [written, echoes] = [echoesOf(api, operation, operation), echoesOf(api, operation, read)];
  return written.length + echoes.length === 0 ? undefined : { read: read.id, written, echoes };
};

/** Where an answer says when a thing was made. */
const madeAt = (api: Api, read: Operation): readonly string[] => {
  const schema = jsonOf(success(read)?.contents);
  const times = (part: Schema, pointer: string): readonly string[] => [...answerProperties(api, part)].flatMap(([name, value]) => [
    ...(/^(?:created|creation|added|booked|inserted|issued|joined|opened|ordered|placed|registered)/i.test(name) && isScalar(api, value) ? [`${pointer}/${pointerToken(name)}`] : []), ...(pointer === '' ? times(value, `/${pointerToken(name)}`) : []),
  ]);
  return schema ? times(schema, '') : [];
};

/** Where an item has what the answer of the making call has at a place. */
const sameName = (api: Api, item: Schema, from: string): string | undefined => {
  const [name] = pointerTokens(from.slice('body#'.length)).slice(-1);
  const found = name === undefined || !from.startsWith('body#') ? undefined : answerProperties(api, item).get(name);
  return found && name !== undefined && isScalar(api, found) ? `/${pointerToken(name)}` : undefined;
};

/** A thing that is made by a call at one path, and lives at another below it. */
export const storyOf = (api: Api, create: Operation): Story | undefined => {
  if (create.method !== 'POST') return undefined;
  const items = (neighbours(api).below.get(create.path.text) ?? []).filter((operation) => operation.path.segments.at(-1)?.kind === 'variable' && operation.parameters.some((parameter) => parameter.in === 'path') && alike(create, operation));
  const last = items[0]?.path.segments.at(-1);
  if (!last || last.kind !== 'variable') return undefined;
  const ours = items.filter((operation) => needsOf(api, operation).needs[last.name]?.call === create.id && operation.path.text === items[0]?.path.text);
  if (ours.length === 0) return undefined;
  const find = (...methods: readonly string[]): readonly Operation[] => ours.filter(({ method }) => methods.includes(method));
  const [read] = find('GET');
  const updates = find('PUT', 'PATCH');
  const [remove] = find('DELETE');
  const listing = operationAt(api, create.path.text, 'GET');
  const list = listing && listIn(api, listing);
  const listed = list && (idPointer(api, list.item, last.name) ?? sameName(api, list.item, needsOf(api, ours[0] as Operation).needs[last.name]?.from ?? ''));
  // What a thing is called is not the caller's to write, whether or not the document says so.
  const others = (echoes: readonly Echo[]): readonly Echo[] => echoes.filter(([from]) => ![plain(last.name), 'id'].includes(plain(from.split('/').at(-1) ?? '')));
  const echo = (writing: Operation): { readonly written: readonly Echo[]; readonly read: readonly Echo[] } => {
    const kept = writtenBy(writing);
    const of = (answering: Operation): readonly Echo[] => others(echoesOf(api, writing, answering)).filter(([from]) => !kept || kept.has(from));
    return { written: of(writing), read: read ? of(read) : [], ...(listing && list && listed !== undefined && !kept ? { listed: others(echoesIn(api, writing, listing, list.item)) } : {}) };
  };
  const stays = read ? madeAt(api, read) : [];
  const same = read && sameOf(api, create, read, true);
  return {
    name: create.path.text, create: create.id, variable: last.name,
    ...(read ? { read: read.id } : {}), ...(updates.length > 0 ? { update: updates.map(({ id }) => id) } : {}), ...(remove ? { remove: remove.id } : {}),
    ...(listing && list && listed !== undefined ? { list: { call: listing.id, id: listed } } : {}),
    ...(success(create)?.headers.some(({ name }) => name.toLowerCase() === 'location') ? { location: true as const } : {}),
    ...(stays.length > 0 ? { stays } : {}),
    ...(read && same ? { same } : {}),
    echoes: Object.fromEntries([create, ...updates].map((operation) => [operation.id, echo(operation)])),
  };
};
