// Yours. Begun by gatewright from openapi.yaml; once you have changed it, it is never overwritten.
import type { Names } from './contract/support/api.js';
import { defineFixtures } from './contract/support/fixtures.js';

export const fixtures = defineFixtures<Names>({
  // What the document cannot know. Everything is optional, and typed: see defineFixtures.
  // ids: values of path variables that nothing of the document makes: gate, parcelId
  // requests: by operation, values that your data knows, in place of made-up ones
  // before: seeds; except: promises that cannot be held to here, each with its reason
});
