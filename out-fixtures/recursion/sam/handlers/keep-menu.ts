// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { keepMenu } from '../generated/contract/keep-menu.js';

/** PUT /menu */
export const handler = keepMenu(async ({ body }) => {
  // body: Menu
  // Answers: 200 Menu · default object
  return { status: 501 };
});
