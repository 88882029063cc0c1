// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getLatestScan } from '../generated/contract/get-latest-scan.js';

/** GET /scans/latest */
export const handler = getLatestScan(async () => {
  // Answers: 200 binary · default object
  return { status: 501 };
});
