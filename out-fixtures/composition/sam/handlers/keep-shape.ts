// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { keepShape } from '../generated/contract/keep-shape.js';

/** PUT /shape */
export const handler = keepShape(async ({ body }) => {
  // body: Shape
  // Answers: 200 Shape · default object
  return { status: 501 };
});
