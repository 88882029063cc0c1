import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bytes, Caps, FileStore, LoadOptions } from './options.js';

const contains = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
};

/** Reads a local file of at most the permitted size. */
const readLocal = async (path: string, caps: Caps): Promise<Bytes> => {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return { refused: 'unreadable' };
    return facts.size > caps.bytes ? { refused: 'too-large' } : { bytes: await readFile(path) };
  } catch (error) {
    return { refused: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable' };
  }
};

export const disk: FileStore = { prefix: '', read: readLocal, real: (path) => realpath(path).catch(() => undefined) };

/** Reads what a reference names: a file below the permitted folders, or the answer of a permitted host. */
export const referenceReader = (folder: string, options: LoadOptions, caps: Caps): ((url: string) => Promise<Bytes>) => {
  const roots = [folder, ...options.allowRoots.map((root) => resolve(options.cwd, root))];
  const store = options.store ?? disk;
  const real = Promise.all(roots.map(async (root) => await store.real(root) ?? root));
  return async (address) => {
    const url = new URL(address);
    if (url.protocol === 'http:' || url.protocol === 'https:') return readRemote(url, options.allowHosts, caps);
    if (url.protocol !== 'file:' || url.host !== '') return { refused: 'unreadable' };
    let path: string;
    try {
      path = fileURLToPath(url);
    } catch {
      return { refused: 'missing' };
    }
    const target = await store.real(path);
    const inside = (await real).some((root) => contains(root, target ?? path)) || (target === undefined && roots.some((root) => contains(root, path)));
    return inside ? store.read(path, caps) : { refused: 'outside-root' };
  };
};

/** Follows redirects itself: each hop is held against the list of hosts. */
const readRemote = async (first: URL, allowed: readonly string[], caps: Caps): Promise<Bytes> => {
  const signal = AbortSignal.timeout(caps.fetchMs);
  let url = first;
  try {
    for (let hops = 0; hops < 5; hops++) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refused: 'remote' };
      if (!allowed.includes(url.host) && !allowed.includes(url.hostname)) return { refused: 'remote' };
      const answer = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/yaml, application/json, text/*' } });
      const location = answer.headers.get('location');
      if (answer.status >= 300 && answer.status < 400 && location !== null) {
        await answer.body?.cancel();
        url = new URL(location, url);
        continue;
      }
      if (answer.status === 404 || answer.status === 410) return { refused: 'missing' };
      return answer.ok && answer.body ? await collect(answer.body, caps.bytes) : { refused: 'unreadable' };
    }
    return { refused: 'unreadable' };
  } catch {
    return { refused: 'unreadable' };
  }
};

const collect = async (body: ReadableStream<Uint8Array>, limit: number): Promise<Bytes> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return { refused: 'too-large' };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks) };
};

