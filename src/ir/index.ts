export type * from './api.js';
export type * from './expression.js';
export type * from './integration.js';
export type * from './operation.js';
export type * from './policy.js';
export type * from './schema.js';
export type * from './security.js';
