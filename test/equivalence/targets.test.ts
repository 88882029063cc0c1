import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { samEdge, terraformEdge, type Edge } from '../support/edge.js';
import { targetsOf, type Fields } from '../support/targets.js';
import { differences, type Difference } from './differences.js';
import { documents } from './documents.js';

const below = (folder: string): string[] => readdirSync(join(root, 'specs', folder)).map((name) => join(folder, name)).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml'))).sort();
const given = new Map<string, string | Fields>([...[...below(''), ...below('patterns')].map((name) => [`specs/${name}`, name] as const), ...documents]);
const specs = [...given.keys()];
const without = (edge: Edge, left: readonly Difference[]): Edge => left.reduce((rest, difference) => difference.without(rest), edge);

describe('what SAM and Terraform deploy of one document', () => {
  const edges = new Map<string, readonly [Edge, Edge]>();
  beforeAll(async () => {
    for (const [spec, document] of given) {
      const targets = await targetsOf(document);
      edges.set(spec, [samEdge(targets), terraformEdge(targets)]);
    }
  });
  const edgesOf = (spec: string): readonly [Edge, Edge] => edges.get(spec) as readonly [Edge, Edge];

  it.each(specs)('is the same: %s', (spec) => {
    const [sam, terraform] = edgesOf(spec).map((edge) => without(edge, differences));
    expect(sam).toEqual(terraform);
  });

  it.each(differences.map((difference) => [difference.name, difference] as const))('differs in no more than is said: %s', (_, difference) => {
    const others = differences.filter((other) => other !== difference);
    const needing = specs.filter((spec) => {
      const [sam, terraform] = edgesOf(spec).map((edge) => without(edge, others));
      return !isDeepStrictEqual(sam, terraform);
    });
    expect(needing, `no document needs this any more: ${difference.why}`).not.toEqual([]);
  });

  it('is compared in every part', () => {
    const parts = Object.keys(edgesOf('specs/orders')[0]) as (keyof Edge)[];
    const compared = parts.filter((part) => specs.some((spec) => edgesOf(spec).every((edge) => Object.keys(edge[part]).length > 0)));
    expect(compared).toEqual(parts);
  });

  it.each<[string, (edge: Edge) => unknown]>([
    ['operations of the gateway', ({ definition }) => Object.keys(definition['paths'] as object).length],
    ['limits of routes', ({ limits }) => Object.keys(limits).length],
    ['requests that may call a function', ({ permissions }) => (permissions['orders'] as string[]).length],
    ['grants of a function', ({ functions }) => ((functions['orders'] as { grants: unknown[] }).grants).length],
    ['settings of the gateway', ({ gateway }) => Object.keys(gateway).length],
  ])('is read from both: %s', (_, count) => {
    const [sam, terraform] = edgesOf('specs/orders').map(count);
    expect(sam).toBe(terraform);
    expect(sam).toBeGreaterThan(1);
  });

  it('leaves nothing unnamed that only a deployment knows', () => {
    const names = specs.flatMap((spec) => edgesOf(spec).flatMap((edge) => JSON.stringify(edge).match(/‹[^›]*›/g) ?? []));
    expect([...new Set(names)].filter((name) => !/^‹(?:partition|region|account|suffix|stage|api|(?:queue|topic|table|bus|stream|workflow|bucket|role|function|input|part) .+)›$/.test(name))).toEqual([]);
  });
});
