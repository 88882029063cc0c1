// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getClaim } from '../generated/contract/get-claim.js';

/** One claim */
export const handler = getClaim(async ({ params, auth }) => {
  // params.claimId: string
  // auth: who calls
  // Answers: 200 Claim · default Problem
  return { status: 501 };
});
