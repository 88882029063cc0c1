// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { addBook } from '../generated/contract/add-book.js';

/** POST /shelves/{shelf}/books */
export const handler = addBook(async ({ params, headers, body, auth }) => {
  // params.shelf: number
  // headers['idempotency-key']: string
  // headers['x-rank']: number, perhaps
  // body: Book
  // auth: who calls
  // Answers: 201 Book · default Problem
  return { status: 501 };
});
