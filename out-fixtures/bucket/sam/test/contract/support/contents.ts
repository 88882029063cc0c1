import { sentBy } from './echo.js';
import { named } from './session.js';
import { taken, type Subject } from './subject.js';
import { at as follow } from './values.js';

/** A file that is sent: that its size is told, and that it comes back. */
export const contents = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { content, at } = plan;
  const read = content?.read && session.call(content.read.call);
  if (content) promises.section('life', (test) => test('the file that is sent is kept', at, async ({ hold }) => {
    const ids = await session.ids(plan, 'caller', {});
    const reply = await session.ask(plan, { ids });
    hold(reply, taken(subject, reply, at));
    const sent = follow(sentBy(reply), `/${content.file}`);
    if (reply.status >= 300 || typeof sent !== 'string') return;
    const [bytes, told] = [new TextEncoder().encode(sent).length, content.size === undefined ? undefined : follow(reply.json, content.size)];
    hold(reply, told !== undefined && told !== bytes ? [{ message: `${bytes} bytes were sent, and the answer says ${JSON.stringify(told)} at body#${content.size ?? ''}`, at }] : []);
    const id = content.read && named(reply, content.read.from);
    if (!read || !content.read || id === undefined) return;
    const found = await session.look(read, { ids: { ...ids, [content.read.variable]: id } });
    hold(found, found.status >= 300 || found.text !== sent ? [{ message: `${JSON.stringify(sent)} was sent, and ${found.status} ${JSON.stringify(found.text)} comes back`, at: read.at }] : []);
  }));
};
