// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { keepMenu } from '../generated/contract/keep-menu.js';

/** PUT /menu */
export const handler = keepMenu(async ({ body }) => {
  // body: Menu
  // Answers: 200 Menu · default object
  return { status: 501 };
});
