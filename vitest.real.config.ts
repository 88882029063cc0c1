import { defineConfig } from 'vitest/config';

/** What the tools of the trade say of the output: slower, and they have to be there. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.real.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
