import { getSpecialEvent } from '../generated/contract/get-special-event.js';
import { find, missing } from './events.js';

export const handler = getSpecialEvent(async ({ params }) => {
  const event = find(params.eventId);
  return event ? { status: 200, body: event } : missing;
});
