import { getTicketCode } from '../generated/contract/get-ticket-code.js';
import { get } from '../store.js';
import { missing } from './events.js';

export const handler = getTicketCode(async ({ params }) => {
  if (!get('tickets', params.ticketId)) return missing;
  return { status: 200, body: new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]) };
});
