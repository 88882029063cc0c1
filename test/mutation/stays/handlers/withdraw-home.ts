import { withdrawHome } from '../generated/contract/withdraw-home.js';
import { forget } from './homes.js';
import { problem } from './problems.js';

export const handler = withdrawHome(async ({ params }) => (forget(params.homeId) ? { status: 204 } : problem(404, 'There is no such home')));
