// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import { listProducts } from '../generated/contract/list-products.js';

/** Products, the same for everyone */
export const handler = listProducts(async ({ query }) => {
  // query.category: string, perhaps
  // query.limit: number, 20 unless given
  // Answers: 200 list of Product · default Problem
  return { status: 501 };
});
