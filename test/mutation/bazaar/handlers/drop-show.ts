import { dropShow } from '../generated/contract/drop-show.js';
import { error, forget } from './bazaar.js';

export const handler = dropShow(async ({ params }) => (forget('shows', params.showId) ? { status: 204 } : error(404, 'no such show')));
