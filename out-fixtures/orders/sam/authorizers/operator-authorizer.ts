// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { authorizer } from '../generated/contract/authorizers/operator-authorizer.js';

/** Decides who may pass by 1 scheme: operator. A verdict may be cached by the credential. */
export const handler = authorizer(async ({ credential, headers }) => {
  // credential: what the caller shows, without `Bearer`
  // Answer { allow: true, principalId, scopes, claims } to let them pass.
  return { allow: false };
});
