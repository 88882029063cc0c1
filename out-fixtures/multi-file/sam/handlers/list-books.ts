// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { listBooks } from '../generated/contract/list-books.js';

/** GET /books */
export const handler = listBooks(async () => {
  // Answers: 200 list of Book · default object
  return { status: 501 };
});
