// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { getForecast } from '../generated/contract/get-forecast.js';

/** GET /forecasts/{city} */
export const handler = getForecast(async ({ params, query }) => {
  // params.city: string
  // query.days: number, 3 unless given
  // Answers: 200 object
  return { status: 501 };
});
