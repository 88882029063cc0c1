import { closeDepot } from '../generated/contract/close-depot.js';
import { companyOf } from './companies.js';
import { depotOf, docksOf, dropDepot } from './depots.js';
import { problem } from './problems.js';

export const handler = closeDepot(async ({ params, auth }) => {
  const company = companyOf(auth);
  if (!depotOf(company, params.depot_code)) return problem(404, 'There is no such depot');
  if (docksOf(company, params.depot_code).length > 0) return problem(409, 'It has docks still');
  dropDepot(company, params.depot_code);
  return { status: 204 };
});
