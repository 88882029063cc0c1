import { sha256 } from '../base/digest.js';

/** The identity of a file's content in the lock: SHA-256, in hex, of its UTF-8 bytes. */
export const hashOf = (content: string | Uint8Array): string => sha256(content);
