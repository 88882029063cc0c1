import type { Emitter } from '../../src/emit/emitter.js';

/** Tests that hold handlers, the local gateway and a deployment to what the document promises. */
export const contractTests: Emitter = {
  name: 'contract-tests',
  summary: 'a contract test suite: each promise of the document, tried out on a running API',
  runs: 'always',
  // What makes values by chance is large, and no command but those that build needs it.
  emit: async (api, context) => (await import('./suite.js')).contractTestFiles(api, context),
};
