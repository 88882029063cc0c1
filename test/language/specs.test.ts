import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lowerSpec } from './support.js';

const specs = readdirSync('specs').filter((name) => existsSync(`specs/${name}/openapi.yaml`));

describe('specs', () => {
  it.each(specs)('%s lowers without a fault', async (name) => {
    const { lowered, diagnostics } = await lowerSpec(`specs/${name}/openapi.yaml`);
    expect(diagnostics.map((d) => `${d.code} ${d.at.pointer} ${d.message}`)).toEqual([]);
    console.log(JSON.stringify(lowered?.api.protocol), [...(lowered?.api.functions.keys() ?? [])], [...(lowered?.api.workers.keys() ?? [])], JSON.stringify(lowered?.api.errors));
    expect(lowered?.api.operations.size).toBeGreaterThan(0);
  });
});
