import type { Emitter } from '../src/emit/emitter.js';
import { bundle } from './bundle/index.js';
import { contractTests } from './contract-tests/index.js';
import { handlers } from './handlers/index.js';
import { irJson } from './ir-json/index.js';
import { mapping } from './mapping/index.js';
import { openapi } from './openapi/index.js';
import { sam } from './sam/index.js';
import { terraform } from './terraform/index.js';
import { validators } from './validators/index.js';

/** Every generator of this package, in the order they run. */
export const generators: readonly Emitter[] = [handlers, validators, mapping, bundle, contractTests, openapi, irJson, sam, terraform];

/** What a build deploys to when nothing else is said. */
export const defaultTarget = sam.name;
