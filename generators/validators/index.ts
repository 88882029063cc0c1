import type { Emitter } from '../../src/emit/emitter.js';

/** Validators of requests, compiled ahead of time, and the contracts that the runtime serves by. */
export const validators: Emitter = {
  name: 'validators',
  summary: 'request validators and operation contracts, ahead of time, without dependencies',
  runs: 'always',
  // The compiler of schemas is large, and no command but those that build needs it.
  emit: async (api, context) => (await import('./files.js')).validatorFiles(api, context),
};
