// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { listBooks } from '../generated/contract/list-books.js';

/** GET /shelves/{shelf}/books */
export const handler = listBooks(async ({ params, query, cookies, auth }) => {
  // params.shelf: number
  // query.lent: boolean, perhaps
  // query.limit: number, 20 unless given
  // query.topic: list of string, perhaps
  // cookies.branch: string, perhaps
  // auth: who calls
  // Answers: 200 list of Book · default Problem
  return { status: 501 };
});
