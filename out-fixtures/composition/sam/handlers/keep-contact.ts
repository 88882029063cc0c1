// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { keepContact } from '../generated/contract/keep-contact.js';

/** PUT /contact */
export const handler = keepContact(async ({ body }) => {
  // body: Contact
  // Answers: 200 Contact · default object
  return { status: 501 };
});
