import { defineConfig } from 'vitest/config';

/** What needs tools that are not installed with the package. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.real.ts'],
    globalSetup: ['test/support/build.ts'],
    // One more than two processors have work for: much of the time goes by waiting for what an account takes its time for.
    maxWorkers: 3,
    // The compiler is loaded once a worker, as for the other tests.
    isolate: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
