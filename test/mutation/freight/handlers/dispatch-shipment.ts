import { dispatchShipment } from '../generated/contract/dispatch-shipment.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find, keep } from './shipments.js';

export const handler = dispatchShipment(async ({ params, auth }) => {
  const company = companyOf(auth);
  const before = find(company, params.shipment_id);
  if (!before) return problem(404, 'There is no such shipment');
  if (before.shipment.status !== 'draft') return problem(409, 'It was sent off before');
  const shipment = { ...before.shipment, status: 'dispatched' as const, dispatched_at: new Date().toISOString() };
  keep(company, { ...before, shipment, version: before.version + 1 });
  return { status: 200, body: shipment };
});
