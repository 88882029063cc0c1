import { listShows } from '../generated/contract/list-shows.js';
import type { Show } from '../generated/schemas.js';
import { each } from './bazaar.js';

export const handler = listShows(async ({ query: { on } }) => ({ status: 200, body: { shows: each<Show>('shows').filter(({ day }) => day === on) } }));
