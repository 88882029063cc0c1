// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { matrixPath } from '../generated/contract/matrix-path.js';

/** GET /matrix/{ids}/{point} */
export const handler = matrixPath(async ({ params }) => {
  // params.ids: list of number
  // params.point: object
  // Answers: 200 object · default object
  return { status: 501 };
});
