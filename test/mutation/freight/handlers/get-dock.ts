import { getDock } from '../generated/contract/get-dock.js';
import { companyOf } from './companies.js';
import { dockOf } from './depots.js';
import { problem } from './problems.js';

export const handler = getDock(async ({ params, auth }) => {
  const dock = dockOf(companyOf(auth), params.depot_code, params.dock_number);
  return dock ? { status: 200, body: dock } : problem(404, 'There is no such dock');
});
