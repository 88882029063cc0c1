// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { keepShape } from '../generated/contract/keep-shape.js';

/** PUT /shape */
export const handler = keepShape(async ({ body }) => {
  // body: Shape
  // Answers: 200 Shape · default object
  return { status: 501 };
});
