import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/bind/allowances.js';
import { catalog } from '../../src/catalog.js';
import { lowerSpec } from './support.js';

type Path = readonly (string | number)[];

/** Every place in or below a block of the language. */
const places = (value: unknown, path: Path = [], inside = false): readonly Path[] => {
  if (typeof value !== 'object' || value === null) return inside ? [path] : [];
  const children = Object.entries(value).flatMap(([key, child]) => places(child, [...path, Array.isArray(value) ? Number(key) : key], inside || key.startsWith('x-gateway')));
  return inside ? [path, ...children] : children;
};

const replace = (value: unknown, path: Path, by: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = replace((copy as Record<string | number, unknown>)[key], rest, by);
  return copy;
};

describe('a policy that is broken at one place', () => {
  it.each([['null', null], ['[]', []], ['{}', {}], ['""', ''], ['0', 0], ['true', true], ['"$"', '$'], ['a name of Object', 'constructor']])('replaced by %s, never makes the compiler throw', async (_, by) => {
    const spec: unknown = load(readFileSync('specs/orders/openapi.yaml', 'utf8'));
    for (const path of places(spec)) {
      const { document, diagnostics } = await lowerSpec({ stdin: JSON.stringify(replace(spec, path, by)) });
      if (document) createJudge(document, catalog)(diagnostics);
    }
    expect(places(spec).length).toBeGreaterThan(200);
  }, 60_000);

  it('names that objects inherit are names like others', async () => {
    const text = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      security: [],
      'x-gateway': { profiles: { constructor: { timeout: '3s' } }, resources: { toString: { kind: 'queue' } } },
      paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: 'Done.' } }, 'x-gateway': { profile: 'constructor', uses: [{ toString: 'publish' }] } } } },
    });
    const { lowered, diagnostics } = await lowerSpec({ stdin: text });
    expect(diagnostics).toEqual([]);
    expect(lowered?.api.operations.get('a')?.policy).toMatchObject({ timeoutMs: 3000, uses: [{ resource: 'toString', access: 'publish' }] });
  });
});
