// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { addPhotos } from '../generated/contract/add-photos.js';

/** POST /photos */
export const handler = addPhotos(async ({ body }) => {
  // body: object
  // Answers: 204 · default object
  return { status: 501 };
});
