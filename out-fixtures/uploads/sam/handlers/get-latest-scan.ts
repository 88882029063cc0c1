// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { getLatestScan } from '../generated/contract/get-latest-scan.js';

/** GET /scans/latest */
export const handler = getLatestScan(async () => {
  // Answers: 200 binary · default object
  return { status: 501 };
});
