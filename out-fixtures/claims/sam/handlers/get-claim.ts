// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { getClaim } from '../generated/contract/get-claim.js';

/** One claim */
export const handler = getClaim(async ({ params, auth }) => {
  // params.claimId: string
  // auth: who calls
  // Answers: 200 Claim · default Problem
  return { status: 501 };
});
