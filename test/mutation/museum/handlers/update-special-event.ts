import { updateSpecialEvent } from '../generated/contract/update-special-event.js';
import { find, keep, missing } from './events.js';

export const handler = updateSpecialEvent(async ({ params, body }) => {
  const before = find(params.eventId);
  if (!before) return missing;
  const { name = before.name, location = before.location, eventDescription = before.eventDescription, dates = before.dates, price = before.price } = body;
  const event = { eventId: params.eventId, name, location, eventDescription, dates, price };
  keep(event);
  return { status: 200, body: event };
});
