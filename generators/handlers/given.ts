import type { Api, Content, Grant, Resource } from '../../src/ir/index.js';
import type { Sender } from '../../src/ir/senders.js';
import { docComment, join, nothing, ts, type Code } from '../kit/typescript/index.js';
import { member, unionOf } from './types.js';

/** The name of a type of the runtime, imported where it is used. */
export type RuntimeType = (name: string, from: string) => Code;

const resourceTypes = { table: 'Table', queue: 'Queue', topic: 'Topic', bus: 'Bus', stream: 'Stream', workflow: 'Workflow', bucket: 'Bucket', http: 'Backend' } as const satisfies Record<Resource['kind'], string>;

/** The handles of what is used, as members of an object type. */
export const resourceMembers = (api: Api, uses: readonly Grant[], runtime: RuntimeType): Code[] =>
  [...new Set(uses.map(({ resource }) => resource))].flatMap((name) => {
    const resource = api.resources.get(name);
    return resource ? [ts`readonly ${member(nothing, name, false, runtime(resourceTypes[resource.kind], 'resources.ts'))}`] : [];
  });

/** The senders of callbacks, as members of an object type, each typed by the body that it sends. */
export const senderMembers = (senders: readonly Sender[], content: (content: Content) => Code, runtime: RuntimeType): Code[] => senders.map(({ name, callback: { body, method, url } }) => {
  const sent = (body?.contents ?? []).filter(({ kind }) => kind === 'json');
  const type = sent.length === 0 ? ts`void` : unionOf([...sent.map(content), ...(body?.required === true ? [] : [ts`void`])]);
  return join([docComment(body?.description, `${method} ${url}`), ts`readonly ${member(nothing, name, false, ts`${runtime('Send', 'callback.ts')}<${type}>`)}`], '\n');
});
