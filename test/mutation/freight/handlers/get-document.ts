import { getDocument } from '../generated/contract/get-document.js';
import { companyOf } from './companies.js';
import { find } from './documents.js';
import { problem } from './problems.js';

export const handler = getDocument(async ({ params, auth }) => {
  const kept = find(companyOf(auth), params.document_id);
  return kept ? { status: 200, body: kept.document } : problem(404, 'There is no such document');
});
