import { listBoots } from '../generated/contract/list-boots.js';
import type { Boot } from '../generated/schemas.js';
import { each } from './bazaar.js';

export const handler = listBoots(async ({ query: { per_page: most, page, size, state } }) => {
  const wanted = each<Boot>('boots').filter((boot) => boot.state === state && (size === undefined || boot.size === size));
  const boots = wanted.slice((page - 1) * most, page * most);
  return { status: 200, body: { boots, amounts: { total: boots.reduce((sum, { price }) => sum + price, 0) } } };
});
