import type { Emitter } from '../../src/emit/emitter.js';
import { printApi } from '../../src/ir/print.js';
import { printJsonKept } from '../kit/json.js';

/** The smallest generator, and the one to copy: everything the compiler knows, as one JSON file. */
export const irJson: Emitter = {
  name: 'ir-json',
  summary: 'generated/model.json: all that the compiler knows of the API, for tools of your own',
  runs: 'always',
  emit: (api, context) => [
    { path: 'generated/model.json', ownership: 'generated', content: printJsonKept(printApi(api, context.label, context.keep), context.keep), origin: api.origin },
  ],
};
