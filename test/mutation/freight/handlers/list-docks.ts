import { listDocks } from '../generated/contract/list-docks.js';
import { companyOf } from './companies.js';
import { depotOf, docksOf } from './depots.js';
import { problem } from './problems.js';

export const handler = listDocks(async ({ params, auth }) => {
  const company = companyOf(auth);
  if (!depotOf(company, params.depot_code)) return problem(404, 'There is no such depot');
  return { status: 200, body: [...docksOf(company, params.depot_code)] };
});
