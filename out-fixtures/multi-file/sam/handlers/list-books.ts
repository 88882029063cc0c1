// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { listBooks } from '../generated/contract/list-books.js';

/** GET /books */
export const handler = listBooks(async () => {
  // Answers: 200 list of Book · default object
  return { status: 501 };
});
