import { getLabel } from '../generated/contract/get-label.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find } from './shipments.js';

export const handler = getLabel(async ({ params, auth }) => {
  const kept = find(companyOf(auth), params.shipment_id);
  if (!kept) return problem(404, 'There is no such shipment');
  const { id, recipient } = kept.shipment;
  return { status: 200, headers: { 'content-disposition': `attachment; filename="${id}.txt"` }, body: `${id}\n${recipient.name}\n` };
});
