import { updateDepot } from '../generated/contract/update-depot.js';
import { companyOf } from './companies.js';
import { depotOf, keepDepot } from './depots.js';
import { problem } from './problems.js';

export const handler = updateDepot(async ({ params, body, auth }) => {
  const company = companyOf(auth);
  const before = depotOf(company, params.depot_code);
  if (!before) return problem(404, 'There is no such depot');
  const { name = before.name, capacity = before.capacity, active = before.active, remark = before.remark } = body;
  const depot = { ...before, name, capacity, active, remark, updated_at: new Date().toISOString() };
  keepDepot(company, depot);
  return { status: 200, body: depot };
});
