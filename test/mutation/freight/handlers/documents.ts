import { createHash, randomUUID } from 'node:crypto';
import type { Document } from '../generated/schemas.js';
import { get, put, remove } from '../store.js';

/** A document as it is kept, with its bytes as base64. */
export interface Kept { readonly document: Document; readonly content: string }

const table = (company: string): string => `documents-${company}`;
export const find = (company: string, id: string): Kept | undefined => get<Kept>(table(company), id);
export const forget = (company: string, id: string): boolean => remove(table(company), id);
export const keep = (company: string, data: Uint8Array, title: string, category: Document['category']): Document => {
  const document = { document_id: randomUUID(), title, category, size: data.byteLength, checksum: createHash('sha256').update(data).digest('hex'), uploaded_on: new Date().toISOString().slice(0, 10) };
  put(table(company), document.document_id, { document, content: Buffer.from(data).toString('base64') });
  return document;
};
