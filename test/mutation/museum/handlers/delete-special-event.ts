import { deleteSpecialEvent } from '../generated/contract/delete-special-event.js';
import { forget, missing } from './events.js';

export const handler = deleteSpecialEvent(async ({ params }) => (forget(params.eventId) ? { status: 204 } : missing));
