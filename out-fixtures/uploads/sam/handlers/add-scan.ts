// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { addScan } from '../generated/contract/add-scan.js';

/** POST /scans */
export const handler = addScan(async ({ body }) => {
  // body: bytes, or bytes
  // Answers: 204 · default object
  return { status: 501 };
});
