import type { Support } from '../../src/emit/capability.js';
import { awsCapabilities } from '../kit/aws/capabilities.js';

const notYet = (note: string): Support => ({ how: 'not-yet', note });

export const capabilities = awsCapabilities({
  rest: { 'cache': notYet('the key is there, and no stage has a cache'), 'cache.key.principal': notYet('no stage has a cache') },
});
