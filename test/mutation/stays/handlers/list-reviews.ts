import { listReviews } from '../generated/contract/list-reviews.js';
import { find, said } from './homes.js';
import { problem } from './problems.js';

export const handler = listReviews(async ({ params }) => {
  if (!find(params.homeId)) return problem(404, 'There is no such home');
  return { status: 200, body: { reviews: [...said(params.homeId)] } };
});
