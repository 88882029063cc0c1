// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { fileClaim } from '../generated/contract/file-claim.js';

/** File a claim */
export const handler = fileClaim(async ({ headers, body, auth }) => {
  // headers['idempotency-key']: string
  // body: NewClaim
  // auth: who calls
  // Answers: 201 Claim · default Problem
  return { status: 501 };
});
