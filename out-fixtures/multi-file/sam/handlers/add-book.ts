// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { addBook } from '../generated/contract/add-book.js';

/** POST /books */
export const handler = addBook(async ({ headers, body }) => {
  // headers['idempotency-key']: string
  // body: Book
  // Answers: 201 Book · default object
  return { status: 501 };
});
