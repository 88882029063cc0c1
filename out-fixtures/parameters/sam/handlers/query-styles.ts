// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { queryStyles } from '../generated/contract/query-styles.js';

/** GET /query */
export const handler = queryStyles(async ({ query }) => {
  // query.csv: list of number, perhaps
  // query.dry: boolean, false unless given
  // query.filter: object, perhaps
  // query.limit: number, 20 unless given
  // query.piped: list of string, perhaps
  // query.spaced: list of string, perhaps
  // query.tags: list of string, perhaps
  // query.where: object, perhaps
  // Answers: 200 object · default object
  return { status: 501 };
});
