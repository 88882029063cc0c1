import type { Names } from './contract/support/api.js';
import { defineFixtures } from './contract/support/fixtures.js';

export const fixtures = defineFixtures<Names>({
  ids: { document: 'letter' },
  except: [
    { operation: 'getLegacyDocument', reason: 'the old system is not here' },
    ...(['answers', 'throttle'] as const).map((promise) => ({ operation: 'deleteOrder' as const, promise, reason: 'the gateway deletes from a table, and these handlers keep orders in a file' })),
    { operation: 'deleteOrder', promise: 'callers', case: 'a caller with what is asked for is let in', reason: 'the gateway deletes from a table, and these handlers keep orders in a file' },
  ],
  credentials: { operator: (who) => ({ headers: { authorization: `Bearer operator-${who}` } }) },
});
