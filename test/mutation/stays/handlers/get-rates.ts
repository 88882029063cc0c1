import { getRates } from '../generated/contract/get-rates.js';
import { offered } from './homes.js';

const worth = { EUR: 1, CHF: 0.94, GBP: 0.85 } as const;

export const handler = getRates(async ({ query: { currency, city } }) => {
  const prices = offered().filter((home) => city === undefined || home.city === city).map(({ price }) => price);
  const average = prices.length === 0 ? 0 : prices.reduce((sum, price) => sum + price, 0) / prices.length;
  return { status: 200, body: { currency, average: Math.round(average * worth[currency]) / 100 } };
});
