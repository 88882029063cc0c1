import { downloadDocument } from '../generated/contract/download-document.js';
import { companyOf } from './companies.js';
import { find } from './documents.js';
import { problem } from './problems.js';

export const handler = downloadDocument(async ({ params, auth }) => {
  const kept = find(companyOf(auth), params.document_id);
  if (!kept) return problem(404, 'There is no such document');
  return { status: 200, headers: { 'content-disposition': 'attachment' }, body: new Uint8Array(Buffer.from(kept.content, 'base64')) };
});
