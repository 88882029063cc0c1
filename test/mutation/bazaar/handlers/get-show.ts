import { getShow } from '../generated/contract/get-show.js';
import type { Show } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getShow(async ({ params }) => {
  const body = find<Show>('shows', params.showId);
  return body ? { status: 200, body } : error(404, 'no such show');
});
