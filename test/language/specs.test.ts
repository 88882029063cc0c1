import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/bind/allowances.js';
import { catalog } from '../../src/catalog.js';
import { lowerSpec } from './support.js';

const specs = readdirSync('specs').filter((name) => existsSync(`specs/${name}/openapi.yaml`));

describe('specs', () => {
  it.each(specs)('%s has no fault that it does not allow with a reason', async (name) => {
    const overlay = `specs/${name}/gateway.overlay.yaml`;
    const { document, lowered, diagnostics } = await lowerSpec(`specs/${name}/openapi.yaml`, existsSync(overlay) ? [overlay] : []);
    const left = document ? createJudge(document, catalog)(diagnostics) : diagnostics;
    expect(left.map(({ code, at, message }) => `${code} ${at.pointer} ${message}`)).toEqual([]);
    expect(lowered?.api.operations.size).toBeGreaterThan(0);
  });
});
