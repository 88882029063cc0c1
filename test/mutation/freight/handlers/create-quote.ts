import { createQuote } from '../generated/contract/create-quote.js';

const base = { domestic: 400, eu: 900, world: 2500 } as const;

export const handler = createQuote(async ({ body }) => {
  const { weight, zone, express = false } = body;
  const amount = Math.round((base[zone] + weight * 15) * (express ? 2 : 1));
  return { status: 200, body: { amount, currency: 'EUR', valid_until: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10), zone, express } };
});
