// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getParcel } from '../generated/contract/get-parcel.js';

/** What is known of a parcel */
export const handler = getParcel(async ({ params, auth, resources }) => {
  // params.parcelId: string
  // auth: who calls
  // resources.states: table, to read
  // Answers: 200 object · 404 Problem · default Problem
  return { status: 501 };
});
