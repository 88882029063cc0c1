import type { OutputFile } from './emitter.js';
import { hashOf } from './hash.js';

/** A file as it is handed from thread to thread: its text is the bytes that are written, in UTF-8. Where one character is rare, these are half as many as those of a string. */
export interface SentFile extends Omit<OutputFile, 'content'> { readonly bytes: Uint8Array<ArrayBuffer>; readonly hash: string }

/** A file whose text is only made when it is asked for. */
export type HeldFile = SentFile & OutputFile;

/** A file with what is known of it already. */
export type EmittedFile = OutputFile & Partial<Pick<SentFile, 'bytes' | 'hash'>>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const toSend = ({ content, ...file }: OutputFile): SentFile => {
  const bytes = encoder.encode(content);
  return { ...file, bytes, hash: hashOf(bytes) };
};

export const held = (file: SentFile): HeldFile => ({ ...file, get content() { return decoder.decode(file.bytes); } });
