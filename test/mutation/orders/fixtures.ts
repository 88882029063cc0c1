import type { Names } from './contract/support/api.js';
import { defineFixtures } from './contract/support/fixtures.js';

export const fixtures = defineFixtures<Names>({
  ids: { document: 'letter' },
  except: [{ operation: 'getLegacyDocument', reason: 'the old system is not here' }],
  credentials: { operator: (who) => ({ headers: { authorization: `Bearer operator-${who}` } }) },
});
