import { describe, expect, it } from 'vitest';
import { generators } from '../../generators/index.js';
import { sam } from '../../generators/sam/index.js';
import { compile } from '../../src/compile.js';
import type { FeatureId } from '../../src/ir/features.js';
import { runtimeSources } from '../../src/cli/project.js';
import { root } from '../support/cli.js';

/** A document that asks for a feature, and what the template of one that had it would show. A gap that was closed fails here: take it off the capability table. */
interface Gap { readonly protocol?: 'http'; readonly gateway?: object; readonly operation?: object; readonly scheme?: object; readonly requirements?: readonly object[]; readonly evidence: RegExp }

const gaps: Readonly<Partial<Record<FeatureId, Gap>>> = {};

/** Gaps that a template cannot show: the operation is served by its function whatever is asked. */
const unseen: readonly FeatureId[] = [];

const documentOf = ({ protocol, gateway, operation, scheme, requirements }: Gap): string => JSON.stringify({
  openapi: '3.1.0', info: { title: 'T', version: '1' },
  'x-gateway': { protocol: protocol ?? 'rest', ...gateway },
  security: requirements ?? [],
  paths: { '/a': { get: { operationId: 'getA', responses: { 200: { description: 'ok' }, 202: { description: 'ok' } }, ...(operation ? { 'x-gateway': operation } : {}) } } },
  ...(scheme ? { components: { securitySchemes: { s: scheme } } } : {}),
});

const listed = [...new Set((['rest', 'http'] as const).flatMap((kind) => Object.entries(sam.capabilities?.[kind] ?? {}).filter(([, { how }]) => how === 'not-yet').map(([id]) => id as FeatureId)))];

describe('each gap on the list', () => {
  it('has a proof here that it is one', () => {
    expect(listed.filter((id) => !(id in gaps) && !unseen.includes(id))).toEqual([]);
    expect(Object.keys(gaps).filter((id) => !listed.includes(id as FeatureId))).toEqual([]);
  });

  it.each(listed.filter((id) => id in gaps))('%s', async (id) => {
    const gap = gaps[id] as Gap;
    const { diagnostics, files } = await compile({ stdin: documentOf(gap) }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: generators, runtime: runtimeSources() });
    expect(diagnostics.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([]);
    expect(diagnostics.filter(({ code }) => code === 'target/not-yet').map(({ message }) => message).join('\n')).toContain(`(${id})`);
    expect(files?.find(({ path }) => path === 'infra/template.yaml')?.content).not.toMatch(gap.evidence);
  });
});
