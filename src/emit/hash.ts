import { hash } from 'node:crypto';

/** The identity of a file's content in the lock: SHA-256, in hex, of its UTF-8 bytes. */
export const hashOf = (content: string | Uint8Array): string => hash('sha256', content, 'hex');
