import { recordEvent } from '../generated/contract/record-event.js';
import { count } from '../store.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { find, record } from './shipments.js';

export const handler = recordEvent(async ({ params, body, auth }) => {
  const company = companyOf(auth);
  if (!find(company, params.shipment_id)) return problem(404, 'There is no such shipment');
  const { type, place, temperature } = body;
  const event = { event_id: count('events'), type, place, ...(temperature === undefined ? {} : { temperature }), recorded_at: new Date().toISOString() };
  record(company, params.shipment_id, event);
  return { status: 201, body: event };
});
