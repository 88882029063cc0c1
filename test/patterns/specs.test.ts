import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSpec } from '../support/compile.js';
import { specs } from '../support/cli.js';

describe('specs/patterns', () => {
  it.each(readdirSync(join(specs, 'patterns')).sort())('%s builds, and has no fault that it does not allow with a reason', async (name) => {
    const { failed, diagnostics } = await compileSpec(`patterns/${name}`);
    expect(failed).toBe(false);
    expect(diagnostics.filter(({ level }) => level !== 'note').map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });
});
