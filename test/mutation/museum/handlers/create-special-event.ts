import { createSpecialEvent } from '../generated/contract/create-special-event.js';
import { keep, nextId } from './events.js';

export const handler = createSpecialEvent(async ({ body }) => {
  const { name, location, eventDescription, dates, price } = body;
  const event = { eventId: nextId('e'), name, location, eventDescription, dates, price };
  keep(event);
  return { status: 201, body: event };
});
