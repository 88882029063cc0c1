import type { Emitter } from '../../src/emit/emitter.js';
import { printJson } from '../kit/json.js';

/** The description to publish: the author's document in one file, clean of gateway facts. */
export const openapi: Emitter = {
  name: 'openapi',
  summary: 'generated/openapi.json: the public document, in one file and without any x-gateway',
  runs: 'always',
  emit: (api) => [
    { path: 'generated/openapi.json', ownership: 'generated', content: printJson(api.publicDocument), origin: api.origin },
  ],
};
