import { judged, type Subject } from './subject.js';
import type { Json } from './plan.js';
import type { Reply } from './session.js';

/** Every text of an answer that is an address. */
const addresses = (value: Json | undefined): readonly string[] =>
  typeof value === 'string' ? (/^https?:\/\//.test(value) ? [value] : [])
  : typeof value === 'object' && value !== null ? Object.values(value).flatMap(addresses) : [];

/** Links to upload by: that they work, for what they are for, as long as they are. */
export const uploads = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { upload } = plan;
  if (!upload || !session.settings.local) return;
  const { at, expires, maxSize, types } = upload;
  promises.section('upload', (test) => {
    const type = types?.[0] ?? 'application/octet-stream';
    const link = async (hold: (reply: Reply, broken: readonly { message: string; at: string }[]) => void): Promise<{ readonly put: (body: string, contentType: string) => Promise<number>; readonly reply: Reply }> => {
      const reply = await session.ask(plan);
      const [url] = addresses(reply.json);
      hold(reply, [...judged(subject, reply), ...(url === undefined ? [{ message: 'the answer has no link', at }] : [])]);
      return { reply, put: async (body, contentType) => (await fetch(url ?? '', { method: 'PUT', body, headers: { 'content-type': contentType } })).status };
    };
    test('the link takes a file', at, async ({ hold }) => {
      const { reply, put } = await link(hold);
      const status = await put('a file', type);
      hold(reply, status < 300 ? [] : [{ message: `the link was to take a file, and answered ${status}`, at }]);
    });
    if (types) test('the link takes no other type', at, async ({ hold }) => {
      const { reply, put } = await link(hold);
      const status = await put('a file', 'application/x-nobody-knows');
      hold(reply, status >= 400 ? [] : [{ message: `the link took a file of another type than ${types.join(', ')}`, at }]);
    });
    if (maxSize !== undefined && maxSize < 20 * 1024 * 1024) test(`the link takes no more than ${maxSize} bytes`, at, async ({ hold }) => {
      const { reply, put } = await link(hold);
      const status = await put('x'.repeat(maxSize + 1), type);
      hold(reply, status >= 400 ? [] : [{ message: `the link took ${maxSize + 1} bytes; ${maxSize} are the most`, at }]);
    });
    test(`the link holds for ${expires} seconds`, at, async ({ hold }) => {
      const { reply, put } = await link(hold);
      await session.advance(expires + 1);
      const status = await put('a file', type);
      hold(reply, status >= 400 ? [] : [{ message: `the link took a file after ${expires} seconds`, at }]);
    });
  });
};
