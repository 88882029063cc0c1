import { awsCapabilities } from '../kit/aws/capabilities.js';

/** `MethodSetting` of CloudFormation's stages has no `requireAuthorizationForCacheControl`, which is on where nothing is said (API Gateway API reference). */
export const capabilities = awsCapabilities({
  rest: { 'cache.renewal': { how: 'default', note: 'it asks for `execute-api:InvalidateCache` of whoever sends `Cache-Control: max-age=0`, and CloudFormation can neither say so nor undo it' } },
});
