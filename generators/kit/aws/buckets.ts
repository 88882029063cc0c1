import { linkTaskOf } from '../../../src/ir/call.js';
import type { Api, LinkTask } from '../../../src/ir/index.js';

/** What a browser on another origin may do with links to a bucket; the document's own `cors`, for these methods only. */
export interface BucketCors { readonly origins: readonly string[]; readonly methods: readonly string[]; readonly headers: readonly string[]; readonly expose: readonly string[]; readonly maxAgeSeconds: number }

const methodsOf: Readonly<Record<LinkTask['action'], readonly string[]>> = { upload: ['POST'], download: ['GET', 'HEAD'] };

/** The rule of a bucket that links are given out to, where the document says which origins call. */
export const bucketCors = (api: Api, bucket: string): BucketCors | undefined => {
  const methods = new Set([...api.operations.values()].flatMap(({ integration: { backend } }) => {
    const task = linkTaskOf(backend);
    return task?.bucket === bucket ? methodsOf[task.action] : [];
  }));
  if (!api.cors || methods.size === 0) return undefined;
  // Forms need no header of their own; scripts ask for parts of a download, and want to know what they have sent.
  return { origins: api.cors.origins, methods: [...methods].sort(), headers: ['content-type', 'range'], expose: ['ETag'], maxAgeSeconds: api.cors.maxAgeSeconds };
};

/** What a bucket tells its queue of: every object that was put into it, however. */
export const uploadEvents = 's3:ObjectCreated:*';
