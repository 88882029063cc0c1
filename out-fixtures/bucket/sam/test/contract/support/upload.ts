import { judged, type Subject } from './subject.js';
import type { Json } from './plan.js';
import type { Told } from './promise.js';
import type { Reply } from './session.js';

/** Every text of an answer that is an address. */
const addresses = (value: Json | undefined): readonly string[] =>
  typeof value === 'string' ? (/^https?:\/\//.test(value) ? [value] : [])
  : typeof value === 'object' && value !== null ? Object.values(value).flatMap(addresses) : [];

/** The fields of a form, where the answer has some. */
const formOf = (value: Json | undefined): { readonly [name: string]: string } | undefined => {
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [name: string]: Json })['fields'] : undefined;
  return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? (fields as { readonly [name: string]: string }) : undefined;
};

/** Links to upload by: that they work, for what they are for, as long as they are. */
export const uploads = (subject: Subject): void => {
  const { plan, session, promises } = subject;
  const { upload } = plan;
  if (!upload) return;
  const { at, expires, maxSize, types } = upload;
  promises.section('upload', (test) => {
    const type = types?.[0] ?? 'application/octet-stream';
    const link = async (told: Told): Promise<{ readonly put: (body: string, contentType: string) => Promise<number>; readonly reply: Reply }> => {
      if (!session.settings.local && !session.settings.costly) told.skip('uploads leave files: ask for it with --include-costly');
      const reply = await session.ask(plan);
      const [url] = addresses(reply.json);
      told.hold(reply, [...judged(subject, reply), ...(url === undefined ? [{ message: 'the answer has no link', at }] : [])]);
      if (url === undefined || (session.settings.local && !/^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])/.test(url))) return told.skip('the link leads to no bucket of this machine');
      const fields = formOf(reply.json);
      return { reply, put: async (body, contentType) => {
        if (!fields) return (await fetch(url, { method: 'PUT', body, headers: { 'content-type': contentType } })).status;
        const form = new FormData();
        for (const [name, value] of Object.entries({ ...fields, 'Content-Type': contentType })) form.append(name, value);
        form.append('file', new Blob([body], { type: contentType }), 'file');
        return (await fetch(url, { method: 'POST', body: form })).status;
      } };
    };
    test('the link takes a file', at, async (told) => {
      const { reply, put } = await link(told);
      const status = await put('a file', type);
      told.hold(reply, status < 300 ? [] : [{ message: `the link was to take a file, and answered ${status}`, at }]);
    });
    if (types) test('the link takes no other type', at, async (told) => {
      const { reply, put } = await link(told);
      const status = await put('a file', 'application/x-nobody-knows');
      told.hold(reply, status >= 400 ? [] : [{ message: `the link took a file of another type than ${types.join(', ')}`, at }]);
    });
    if (maxSize !== undefined && maxSize < 20 * 1024 * 1024) test(`the link takes no more than ${maxSize} bytes`, at, async (told) => {
      const { reply, put } = await link(told);
      const status = await put('x'.repeat(maxSize + 1), type);
      told.hold(reply, status >= 400 ? [] : [{ message: `the link took ${maxSize + 1} bytes; ${maxSize} are the most`, at }]);
    });
    test(`the link holds for ${expires} seconds`, at, async (told) => {
      session.only('time cannot be put forward there');
      const { reply, put } = await link(told);
      await session.advance(expires + 1);
      const status = await put('a file', type);
      told.hold(reply, status >= 400 ? [] : [{ message: `the link took a file after ${expires} seconds`, at }]);
    });
  });
};
