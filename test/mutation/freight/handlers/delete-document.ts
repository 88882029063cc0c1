import { deleteDocument } from '../generated/contract/delete-document.js';
import { companyOf } from './companies.js';
import { forget } from './documents.js';
import { problem } from './problems.js';

export const handler = deleteDocument(async ({ params, auth }) => (forget(companyOf(auth), params.document_id) ? { status: 204 } : problem(404, 'There is no such document')));
