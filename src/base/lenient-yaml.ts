import { createRequire } from 'node:module';

/** The YAML library that also takes what the specification forbids and real documents have. It is the slower one, and takes a tenth of a small run's time to load, so that only texts which need it do. */
export const lenientYaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml') as typeof import('yaml');
