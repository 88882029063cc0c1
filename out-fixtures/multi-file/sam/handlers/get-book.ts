// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { getBook } from '../generated/contract/get-book.js';

/** GET /books/{bookId} */
export const handler = getBook(async ({ params }) => {
  // params.bookId: string
  // Answers: 200 Book · default object
  return { status: 501 };
});
