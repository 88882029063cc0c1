// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { keepPet } from '../generated/contract/keep-pet.js';

/** PUT /pet */
export const handler = keepPet(async ({ body }) => {
  // body: Pet
  // Answers: 200 Pet · default object
  return { status: 501 };
});
