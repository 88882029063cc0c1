// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { headersAndCookies } from '../generated/contract/headers-and-cookies.js';

/** GET /headers */
export const handler = headersAndCookies(async ({ headers, cookies }) => {
  // headers['x-ids']: list of number, perhaps
  // headers['x-level']: "low" or "high"
  // cookies.session: string, perhaps
  // Answers: 200 object · default object
  return { status: 501 };
});
