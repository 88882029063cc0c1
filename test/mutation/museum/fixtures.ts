import type { Names } from './contract/support/api.js';
import { defineFixtures } from './contract/support/fixtures.js';

export const fixtures = defineFixtures<Names>({
  credentials: { MuseumPlaceholderAuth: (who) => ({ headers: { authorization: `Basic ${btoa(`${who}:secret`)}` } }) },
});
