import { listEvents } from '../generated/contract/list-events.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { eventsOf, find } from './shipments.js';

export const handler = listEvents(async ({ params, query, auth }) => {
  const company = companyOf(auth);
  if (!find(company, params.shipment_id)) return problem(404, 'There is no such shipment');
  const events = eventsOf(company, params.shipment_id);
  return { status: 200, headers: { 'x-total-count': events.length }, body: events.slice(query.offset, query.offset + query.limit) };
});
