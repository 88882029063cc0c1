import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cli.js';

/** Apache Velocity 1.7 with API Gateway's variables; a program beside the project. */
const oracle = join(root, '../shared/toolchain/vtl-oracle');
export const hasOracle = existsSync(oracle);
export const hasVelocity = hasOracle && spawnSync(oracle, ['--batch'], { input: '[]' }).status === 0;

export interface Rendered { readonly output?: string; readonly error?: string; readonly responseOverride?: { readonly status?: number; readonly header?: Readonly<Record<string, string>> } }

export const renderAll = (cases: readonly { readonly template: string; readonly request: object }[]): readonly Rendered[] => {
  const { stdout, stderr } = spawnSync(oracle, ['--batch'], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Rendered[];
};
