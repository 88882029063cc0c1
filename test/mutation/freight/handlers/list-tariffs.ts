import { listTariffs } from '../generated/contract/list-tariffs.js';

const base = { domestic: 400, eu: 900, world: 2500 } as const;

export const handler = listTariffs(async ({ query, headers }) => {
  const { zone, weight } = query;
  const currency = headers['x-currency'];
  const amount = Math.round((base[zone] + weight * 15) * (currency === 'USD' ? 1.1 : 1));
  return { status: 200, body: { zone, currency, tariffs: [{ service: 'standard', amount }, { service: 'express', amount: amount * 2 }] } };
});
