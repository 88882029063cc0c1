import type { Row } from './documents.js';
import { gateways } from './gateway.js';
import { lifeCycle } from './life-cycle.js';
import { policies } from './policy.js';
import { requests } from './requests.js';
import { responses } from './responses.js';
import { schemas } from './schemas.js';
import { security } from './security.js';

/** What OpenAPI can say. */
export const openApiRows: readonly Row[] = [...lifeCycle, ...requests, ...responses, ...schemas, ...security];
export const rows: readonly Row[] = [...openApiRows, ...policies, ...gateways];
