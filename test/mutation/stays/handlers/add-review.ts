import { addReview } from '../generated/contract/add-review.js';
import { count } from '../store.js';
import { find, say } from './homes.js';
import { problem } from './problems.js';

export const handler = addReview(async ({ params, body }) => {
  if (!find(params.homeId)) return problem(404, 'There is no such home');
  const { stars, text } = body;
  const review = { reviewId: count('reviews'), stars, ...(text === undefined ? {} : { text }) };
  say(params.homeId, review);
  return { status: 201, body: review };
});
