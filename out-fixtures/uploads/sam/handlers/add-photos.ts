// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { addPhotos } from '../generated/contract/add-photos.js';

/** POST /photos */
export const handler = addPhotos(async ({ body }) => {
  // body: object
  // Answers: 204 · default object
  return { status: 501 };
});
