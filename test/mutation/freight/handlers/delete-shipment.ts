import { deleteShipment } from '../generated/contract/delete-shipment.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find, forget } from './shipments.js';

export const handler = deleteShipment(async ({ params, auth }) => {
  const company = companyOf(auth);
  const kept = find(company, params.shipment_id);
  if (!kept) return problem(404, 'There is no such shipment');
  if (kept.shipment.status !== 'draft') return problem(409, 'It was sent off');
  forget(company, params.shipment_id);
  return { status: 204 };
});
