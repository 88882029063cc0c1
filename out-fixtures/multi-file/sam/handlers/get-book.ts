// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getBook } from '../generated/contract/get-book.js';

/** GET /books/{bookId} */
export const handler = getBook(async ({ params }) => {
  // params.bookId: string
  // Answers: 200 Book · default object
  return { status: 501 };
});
