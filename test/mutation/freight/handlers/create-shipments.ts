import { createShipments } from '../generated/contract/create-shipments.js';
import type { BatchResult } from '../generated/schemas.js';
import { companyOf } from './companies.js';
import { depotOf } from './depots.js';
import { ship } from './shipments.js';

export const handler = createShipments(async ({ body, auth }) => {
  const company = companyOf(auth);
  const results = body.shipments.map((wanted, index): BatchResult => {
    if (!depotOf(company, wanted.depot_code)) return { index, status: 422, error: 'There is no such depot' };
    return { index, status: 201, shipment: ship(company, wanted).shipment };
  });
  const succeeded = results.filter(({ status }) => status === 201).length;
  return { status: 200, body: { results, succeeded, failed: results.length - succeeded } };
});
