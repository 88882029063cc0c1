// Vitest runs the generated tests: the developer's own where the output folder has one, else the one that comes with this package.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { compare } from '../../base/order.js';
import { layout } from '../../emit/layout.js';
import type { Settings } from '../../suite/session.js';
import type { ClientCertificate } from '../show-certificate.js';
import { showing } from '../tls.js';
import type { CaseResult, SuiteResult } from './results.js';

export interface SuiteRun {
  /** The output folder. */
  readonly folder: string;
  readonly settings: Settings;
  /** What is shown at each handshake; `settings.certified` says that there is one. */
  readonly certificate?: ClientCertificate;
  /** Files to run, by the part of their path that they have; all without any. */
  readonly only: readonly string[];
  /** Stop after so many broken promises; 0 goes on to the end. */
  readonly bail: number;
}

/** Runs the contract tests of an output folder against what answers at an address. */
export const runSuite = async ({ folder, settings, certificate, only, bail }: SuiteRun): Promise<SuiteResult> => {
  const own = vitestOf(join(folder, layout.packageFile));
  const found = own ?? vitestOf(import.meta.url);
  if (found === undefined) throw new Error('vitest is not there, although this package depends on it');
  const { startVitest, BaseSequencer } = (await import(pathToFileURL(join(found, 'dist', 'node.js')).href)) as typeof import('vitest/node');
  /** Files in the order of their names: vitest's own goes by how long they took before, and no two runs would be alike. */
  class ByName extends BaseSequencer {
    override sort(files: Parameters<InstanceType<typeof BaseSequencer>['sort']>[0]): ReturnType<InstanceType<typeof BaseSequencer>['sort']> {
      return Promise.resolve([...files].sort((a, b) => compare(a.moduleId, b.moduleId)));
    }
  }
  const cases: CaseResult[] = [];
  const errors: string[] = [];
  const reporter: Reporter = {
    onTestCaseResult: (test) => void cases.push(resultOf(test)),
    onTestModuleEnd: (module: TestModule) => void errors.push(...module.errors().map(({ message }) => `${module.relativeModuleId}: ${message}`)),
    // What fails before a case leaves out all that come after it.
    onTestSuiteResult: (suite) => void errors.push(...suite.errors().map((error) => `${suite.module.relativeModuleId}: ${reasonOf(error)}`)),
    onTestRunEnd: (_, unhandled) => void errors.push(...unhandled.map(({ message }) => message)),
  };
  const vitest = await startVitest('test', [...only], {
    root: folder, config: join(folder, layout.testConfig), watch: false, passWithNoTests: true, reporters: [reporter], provide: { gatewright: settings, ...(certificate ? { certificate } : {}) }, ...(certificate ? { setupFiles: [showing] } : {}),
    bail, include: ['test/contract/**/*.test.ts'], pool: 'threads', isolate: false, fileParallelism: false, silent: true, sequence: { sequencer: ByName },
  }, {
    cacheDir: join(folder, '.gatewright', 'vite'),
    ...(own === undefined ? { resolve: { alias: { vitest: join(found, 'dist', 'index.js') } }, server: { fs: { strict: false } } } : {}),
  });
  await vitest.close();
  return { cases, errors };
};

/** What `fetch` says of itself is why it failed in its cause alone. */
const reasonOf = ({ message, cause }: { readonly message: string; readonly cause?: unknown }): string =>
  typeof cause === 'object' && cause !== null && 'message' in cause ? `${message}: ${String(cause.message)}` : message;

/** The folder of the package that a file would import. */
const vitestOf = (from: string): string | undefined => {
  if (!from.startsWith('file:') && !existsSync(dirname(from))) return undefined;
  try {
    return dirname(createRequire(from).resolve('vitest/package.json'));
  } catch {
    return undefined;
  }
};

const resultOf = (test: TestCase): CaseResult => {
  const { state, errors = [] } = test.result();
  const { gatewright } = test.meta() as { readonly gatewright?: { readonly operation: string; readonly promise: string; readonly at: string } };
  const note = test.result().state === 'skipped' ? (test.result() as { readonly note?: string }).note : undefined;
  const message = state === 'failed' ? errors.map((error) => error.message).join('\n') : note;
  return {
    operation: gatewright?.operation ?? test.module.relativeModuleId,
    promise: gatewright?.promise ?? 'other',
    name: test.name,
    outcome: state === 'passed' ? 'kept' : state === 'failed' ? 'broken' : 'left-out',
    ms: Math.round(test.diagnostic()?.duration ?? 0),
    at: gatewright?.at ?? '',
    ...(message === undefined ? {} : { message }),
  };
};
