import { listShipments } from '../generated/contract/list-shipments.js';
import { companyOf } from './companies.js';
import { problem } from './problems.js';
import { sent } from './shipments.js';

export const handler = listShipments(async ({ query, auth }) => {
  const { limit, starting_after: cursor, status, kind, depot_code: depot, min_weight: least, created_since: since } = query;
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : Number(Buffer.from(cursor, 'base64url').toString() || 'none');
  if (Number.isNaN(before)) return problem(400, 'The cursor is none of ours');
  const wanted = sent(companyOf(auth)).filter(({ shipment, place }) => place < before
    && (status === undefined || shipment.status === status) && (kind === undefined || shipment.kind === kind) && (depot === undefined || shipment.depot_code === depot)
    && (least === undefined || shipment.weight >= least) && (since === undefined || Date.parse(shipment.created_at) >= Date.parse(since)));
  const page = wanted.slice(0, limit);
  const last = page.at(-1);
  const more = wanted.length > page.length;
  return { status: 200, body: { data: page.map(({ shipment }) => shipment), has_more: more, next_cursor: more && last ? Buffer.from(String(last.place)).toString('base64url') : null } };
});
