import { basePath } from './rules/base-path.js';
import { resourceNames } from './rules/resource-names.js';
import { objectLevel } from './rules/any-principal.js';
import { apiKeyAlone, weakSchemes } from './rules/weak-scheme.js';
import { authorizerCache } from './rules/authorizer-cache.js';
import { backendOutlivesGateway } from './rules/backend-outlives-gateway.js';
import { boundedness } from './rules/boundedness.js';
import { cacheKey } from './rules/cache-key.js';
import { cachePrincipal } from './rules/cache-principal.js';
import { cacheUse } from './rules/cache-use.js';
import { cleartext } from './rules/cleartext.js';
import { corsOrigins } from './rules/cors.js';
import { declaredOnly } from './rules/declared.js';
import { errorEnvelope } from './rules/error-envelope.js';
import { gatewayLimit } from './rules/gateway-limit.js';
import { greedyShadow } from './rules/greedy-shadow.js';
import { jwt } from './rules/jwt.js';
import { linkAnswers } from './rules/link-answer.js';
import { asynchronous } from './rules/async.js';
import { callbackRules } from './rules/callbacks.js';
import { lifeCycle } from './rules/life-cycle.js';
import { openOperations } from './rules/open.js';
import { payload } from './rules/payload.js';
import { parameterNames } from './rules/parameter-names.js';
import { slowPatterns } from './rules/slow-pattern.js';
import { mutationThrottle, stageThrottle } from './rules/throttle.js';
import { unboundedValues } from './rules/unbounded.js';
import { versions } from './rules/versions.js';
import { visibility } from './rules/visibility.js';
import type { Rule } from './rule.js';

/** Every rule there is, in the order in which they report. */
export const rules: readonly Rule[] = [
  openOperations, weakSchemes, apiKeyAlone, jwt, cleartext, authorizerCache, objectLevel, corsOrigins,
  cachePrincipal, cacheKey, cacheUse,
  gatewayLimit, backendOutlivesGateway, visibility,
  mutationThrottle, stageThrottle, unboundedValues, slowPatterns, payload,
  parameterNames, greedyShadow, resourceNames, basePath,
  asynchronous, linkAnswers, callbackRules,
  boundedness, declaredOnly, errorEnvelope, lifeCycle, versions,
];
