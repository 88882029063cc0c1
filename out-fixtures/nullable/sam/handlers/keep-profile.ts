// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { keepProfile } from '../generated/contract/keep-profile.js';

/** PUT /profile */
export const handler = keepProfile(async ({ body }) => {
  // body: Profile
  // Answers: 200 Profile · default object
  return { status: 501 };
});
