import { addShow } from '../generated/contract/add-show.js';
import { keep, next } from './bazaar.js';

export const handler = addShow(async ({ body }) => {
  const showId = `s${next('shows')}`;
  return { status: 201, body: keep('shows', showId, { showId, ...body }) };
});
