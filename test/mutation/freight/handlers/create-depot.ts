import { createDepot } from '../generated/contract/create-depot.js';
import { companyOf } from './companies.js';
import { depotOf, keepDepot } from './depots.js';
import { problem } from './problems.js';

export const handler = createDepot(async ({ body, auth }) => {
  const company = companyOf(auth);
  if (depotOf(company, body.code)) return problem(409, 'The code is taken');
  const { code, name, country, capacity, address, active = true, remark = null, services = [] } = body;
  const depot = { code, name, country, capacity, active, remark, services, address, created_at: new Date().toISOString() };
  keepDepot(company, depot);
  return { status: 201, headers: { location: `/depots/${code}` }, body: depot };
});
