import { removeDock } from '../generated/contract/remove-dock.js';
import { companyOf } from './companies.js';
import { dropDock } from './depots.js';
import { problem } from './problems.js';

export const handler = removeDock(async ({ params, auth }) => (dropDock(companyOf(auth), params.depot_code, params.dock_number) ? { status: 204 } : problem(404, 'There is no such dock')));
