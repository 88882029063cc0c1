// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { addScan } from '../generated/contract/add-scan.js';

/** POST /scans */
export const handler = addScan(async ({ body }) => {
  // body: bytes, or bytes
  // Answers: 204 · default object
  return { status: 501 };
});
