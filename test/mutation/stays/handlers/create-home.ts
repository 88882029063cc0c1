import { createHome } from '../generated/contract/create-home.js';
import { count } from '../store.js';
import { offer, tagOf } from './homes.js';

export const handler = createHome(async ({ body }) => {
  const kept = offer({ ...body, pets: body.pets ?? false }, count('homes'));
  return { status: 201, headers: { location: `/homes/${kept.home.homeId}`, etag: tagOf(kept) }, body: kept.home };
});
