import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // One less than there are cores is one on a small machine, where most of the time is waiting for commands.
    maxWorkers: 2,
    // The compiler is loaded once a worker: for each file anew it would take a quarter of the time.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
