import { words } from '../base/text.js';

/** Where each file of the output folder stands: the single place that knows. Paths are relative to that folder. */
export const layout = {
  contract: (operation: { readonly fileName: string }): string => `generated/contract/${operation.fileName}.ts`,
  schemas: 'generated/schemas.ts',
  errors: 'generated/errors.ts',
  /** What the compiler writes in place of a handler. */
  link: (operation: { readonly fileName: string }): string => `generated/links/${operation.fileName}.ts`,
  /** The same, of an operation that hands requests over. */
  handOver: (operation: { readonly fileName: string }): string => `generated/intake/${operation.fileName}.ts`,
  /** What `serve` knows of an operation, with its validators; a declaration file stands beside it. */
  validator: (operation: { readonly fileName: string }): string => `generated/validators/${operation.fileName}.js`,
  validatorTypes: (operation: { readonly fileName: string }): string => `generated/validators/${operation.fileName}.d.ts`,
  /** What the contracts of all operations share: the error envelope, CORS. */
  edge: 'generated/validators/shared/edge.js',
  schemaValidator: (schema: { readonly fileName: string }): string => `generated/validators/schemas/${schema.fileName}.js`,
  entry: (unit: string): string => `generated/entry/${unit}.ts`,
  workerEntry: (worker: string): string => `generated/entry/workers/${worker}.ts`,
  authorizerEntry: (authorizer: string): string => `generated/entry/authorizers/${authorizer}.ts`,
  workerContract: (worker: string): string => `generated/contract/workers/${worker}.ts`,
  authorizerContract: (authorizer: string): string => `generated/contract/authorizers/${authorizer}.ts`,
  runtime: (file: string): string => `generated/runtime/${file}`,
  /** A mapping, as a plain function of the request, and as the template that a gateway renders. */
  mapping: (operation: { readonly fileName: string }, part: 'request' | 'response', form: 'ts' | 'vtl'): string => `generated/mapping/${operation.fileName}.${part}.${form}`,
  handler: (operation: { readonly fileName: string }): string => `handlers/${operation.fileName}.ts`,
  /** What an older version of an operation is in the next one's terms. */
  version: (operation: { readonly fileName: string }): string => `versions/${operation.fileName}.ts`,
  worker: (worker: string): string => `workers/${worker}.ts`,
  authorizer: (authorizer: string): string => `authorizers/${authorizer}.ts`,
  contractTest: (operation: { readonly fileName: string }): string => `test/contract/${operation.fileName}.test.ts`,
  /** Tests of several operations together: `the-edge`. */
  contractStory: (name: string): string => `test/contract/stories/${name}.test.ts`,
  /** Tests of what becomes of things that an operation makes. */
  contractLife: (operation: { readonly fileName: string }): string => `test/contract/stories/life-of-${operation.fileName}.test.ts`,
  /** What all contract tests of an API share: its schemas, its calls, its envelope. */
  contractApi: 'test/contract/support/api.ts',
  suite: (file: string): string => `test/contract/support/${file}`,
  testConfig: 'test/vitest.config.mjs',
  testCompilerOptions: 'test/tsconfig.json',
  fixtures: 'test/fixtures.ts',
  packageFile: 'package.json',
  compilerOptions: 'tsconfig.json',
  build: 'generated/build.mjs',
} as const;

/** Where everything stands that only the compiler writes. */
export const generatedFolder = 'generated';

/** What this machine keeps in an output folder, and nobody commits: a build under way, keys of the local gateway. */
export const workFolder = '.gatewright';

/** Name of the export of every entry module that a platform calls. */
export const entryExport = 'handler';

/** The environment variable in which a function finds a resource that it `uses`: the name, URL or ARN that the kind is known by. */
export const resourceVariable = (resource: string): string => `RESOURCE_${words(resource).join('_').toUpperCase()}`;

/** The environment variable that names the secret which signs callbacks. */
export const callbackVariable = (secret: string): string => `CALLBACK_SECRET_${words(secret).join('_').toUpperCase()}`;

/** What an import in one file says to reach another: `../runtime/serve.js`. */
export const specifier = (from: string, to: string): string => {
  let common = 0;
  for (let index = 0; index < from.length && from[index] === to[index]; index++) if (from[index] === '/') common = index + 1;
  const up = from.slice(common).split('/').length - 1;
  return `${up === 0 ? './' : '../'.repeat(up)}${to.slice(common).replace(/\.ts$/, '.js')}`;
};
