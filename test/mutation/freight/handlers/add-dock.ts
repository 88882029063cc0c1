import { addDock } from '../generated/contract/add-dock.js';
import { count } from '../store.js';
import { companyOf } from './companies.js';
import { depotOf, keepDock } from './depots.js';
import { problem } from './problems.js';

export const handler = addDock(async ({ params, body, auth }) => {
  const company = companyOf(auth);
  if (!depotOf(company, params.depot_code)) return problem(404, 'There is no such depot');
  const { height, equipment = 'none', note } = body;
  const dock = { dock_number: count(`docks-${company}-${params.depot_code}`), depot_code: params.depot_code, height, equipment, ...(note === undefined ? {} : { note }) };
  keepDock(company, dock);
  return { status: 201, body: dock };
});
