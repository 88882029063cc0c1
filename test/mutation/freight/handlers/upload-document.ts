import { uploadDocument } from '../generated/contract/upload-document.js';
import { companyOf } from './companies.js';
import { keep } from './documents.js';

export const handler = uploadDocument(async ({ body, auth }) => {
  const document = keep(companyOf(auth), body.file.data, body.title, body.category ?? 'other');
  return { status: 201, headers: { location: `/documents/${document.document_id}` }, body: document };
});
