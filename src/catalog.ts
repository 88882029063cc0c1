import { all as bind } from './bind/diagnostics.js';
import type { AnyFactory } from './diagnostics/define.js';
import { all as document } from './document/diagnostics.js';
import { all as emit } from './emit/diagnostics.js';
import { all as expressions } from './expressions/diagnostics.js';
import { all as integrations } from './integrations/diagnostics.js';
import { all as language } from './language/diagnostics.js';
import { all as lint } from './lint/diagnostics.js';
import { all as load } from './load/diagnostics.js';
import { all as gateway } from './lower/gateway-diagnostics.js';
import { all as openapi } from './lower/openapi-diagnostics.js';
import { all as schemas } from './lower/schema-diagnostics.js';

/** Every code of the compiler itself; generators bring their own. */
export const catalog: readonly AnyFactory[] = [...load, ...document, ...openapi, ...schemas, ...language, ...bind, ...integrations, ...expressions, ...gateway, ...lint, ...emit];
