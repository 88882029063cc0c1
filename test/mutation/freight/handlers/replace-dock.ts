import { replaceDock } from '../generated/contract/replace-dock.js';
import { companyOf } from './companies.js';
import { dockOf, keepDock } from './depots.js';
import { problem } from './problems.js';

export const handler = replaceDock(async ({ params, body, auth }) => {
  const company = companyOf(auth);
  const before = dockOf(company, params.depot_code, params.dock_number);
  if (!before) return problem(404, 'There is no such dock');
  const { height, equipment = 'none', note } = body;
  const dock = { dock_number: before.dock_number, depot_code: before.depot_code, height, equipment, ...(note === undefined ? {} : { note }) };
  keepDock(company, dock);
  return { status: 200, body: dock };
});
