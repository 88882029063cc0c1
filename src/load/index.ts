export { loadDocument, type Input } from './load.js';
export { defaultCaps, type Caps, type LoadOptions } from './options.js';
