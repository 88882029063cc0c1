// Yours. Written once by gatewright from openapi.yaml; it will not be overwritten.
import { getForecast } from '../generated/contract/get-forecast.js';

/** GET /forecasts/{city} */
export const handler = getForecast(async ({ params, query }) => {
  // params.city: string
  // query.days: number, 3 unless given
  // Answers: 200 object
  return { status: 501 };
});
