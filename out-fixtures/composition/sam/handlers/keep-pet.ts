// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { keepPet } from '../generated/contract/keep-pet.js';

/** PUT /pet */
export const handler = keepPet(async ({ body }) => {
  // body: Pet
  // Answers: 200 Pet · default object
  return { status: 501 };
});
