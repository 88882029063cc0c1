import { updateShipment } from '../generated/contract/update-shipment.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find, keep, tagOf } from './shipments.js';

export const handler = updateShipment(async ({ params, headers, body, auth }) => {
  const company = companyOf(auth);
  const before = find(company, params.shipment_id);
  if (!before) return problem(404, 'There is no such shipment');
  const wanted = headers['if-match'];
  if (wanted !== '*' && !wanted.split(',').map((tag) => tag.trim()).includes(tagOf(before))) return problem(412, 'It was changed in between');
  if (before.shipment.status !== 'draft') return problem(409, 'It was sent off');
  const { weight = before.shipment.weight, pickup_on = before.shipment.pickup_on ?? null, insured = before.shipment.insured, reference = before.shipment.reference } = body;
  const shipment = { ...before.shipment, weight, pickup_on, insured, ...(reference === undefined ? {} : { reference }), updated_at: new Date().toISOString() };
  const after = { ...before, shipment, version: before.version + 1 };
  keep(company, after);
  return { status: 200, headers: { etag: tagOf(after) }, body: shipment };
});
