import { buyMuseumTickets } from '../generated/contract/buy-museum-tickets.js';
import { put } from '../store.js';
import { nextId } from './events.js';

export const handler = buyMuseumTickets(async ({ body }) => {
  const { ticketDate, ticketType, eventId } = body;
  const ticket = { ticketId: nextId('f'), ticketDate, ticketType, ...(eventId === undefined ? {} : { eventId }) };
  put('tickets', ticket.ticketId, ticket);
  return { status: 201, body: { ...ticket, message: `Museum ${ticketType} ticket purchased`, confirmationCode: `ticket-${ticketType}-${ticket.ticketId.slice(-6)}` } };
});
