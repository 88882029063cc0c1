import { getShipment } from '../generated/contract/get-shipment.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find, tagOf } from './shipments.js';

export const handler = getShipment(async ({ params, headers, auth }) => {
  const kept = find(companyOf(auth), params.shipment_id);
  if (!kept) return problem(404, 'There is no such shipment');
  const tags = headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  if (tags.includes(tagOf(kept)) || tags.includes('*')) return { status: 304 };
  return { status: 200, headers: { etag: tagOf(kept) }, body: kept.shipment };
});
