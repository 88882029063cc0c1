import { getDepot } from '../generated/contract/get-depot.js';
import { companyOf } from './companies.js';
import { depotOf } from './depots.js';
import { problem } from './problems.js';

export const handler = getDepot(async ({ params, auth }) => {
  const depot = depotOf(companyOf(auth), params.depot_code);
  return depot ? { status: 200, body: depot } : problem(404, 'There is no such depot');
});
