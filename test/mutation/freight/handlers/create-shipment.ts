import { createShipment } from '../generated/contract/create-shipment.js';
import { companyOf } from './companies.js';
import { depotOf } from './depots.js';
import { problem } from './problems.js';
import { find, remember, remembered, ship, tagOf } from './shipments.js';

export const handler = createShipment(async ({ body, headers, auth }) => {
  const company = companyOf(auth);
  const known = remembered(company, headers['idempotency-key']);
  const before = known === undefined ? undefined : find(company, known);
  if (before) return { status: 201, headers: { location: `/shipments/${before.shipment.id}`, etag: tagOf(before) }, body: before.shipment };
  if (!depotOf(company, body.depot_code)) return problem(422, 'There is no such depot');
  const kept = ship(company, body);
  remember(company, headers['idempotency-key'], kept.shipment.id);
  return { status: 201, headers: { location: `/shipments/${kept.shipment.id}`, etag: tagOf(kept) }, body: kept.shipment };
});
