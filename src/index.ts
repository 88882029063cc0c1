/** The public door: for programs that compile documents, and for authors of generators. */
export { compile, type Compilation, type CompileOptions } from './compile.js';
export type { Diagnostic, Level, Related } from './diagnostics/define.js';
export { createLocator, type Locate, type Location } from './diagnostics/locate.js';
export type { Capabilities, Support } from './emit/capability.js';
export type { EmitContext, Emitter, OutputFile, Ownership } from './emit/emitter.js';
export { layout } from './emit/layout.js';
export { features, type FeatureId } from './ir/features.js';
export { printApi } from './ir/print.js';
export type * from './ir/index.js';
export type { Json, JsonObject } from './base/json.js';
export type { Origin } from './base/origin.js';
export { defaultCaps, type Caps } from './load/options.js';
