import { createHash } from 'node:crypto';

/** The identity of a file's content in the lock: SHA-256, in hex, of its UTF-8 bytes. */
export const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
