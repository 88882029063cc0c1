import { explainModel } from '../../bind/explain.js';
import { layout } from '../../emit/layout.js';
import type { Operation } from '../../ir/index.js';
import { following } from '../../ir/versions.js';
import type { Analysis } from './analysis.js';

/** The operation whose `operationId` stands on a line, or that begins there. Lines from 1. */
export const operationAt = ({ compilation: { api }, locate, pathOf }: Analysis, path: string, line: number, text: string): Operation | undefined => {
  const [, named] = /["']?operationId["']?\s*:\s*["']?([^"',}\s]+)/.exec(text) ?? [];
  const all = [...(api?.operations.values() ?? [])];
  return all.find(({ id }) => id === named) ?? all.find(({ origin }) => {
    const place = locate(origin, true);
    return place.line === line && pathOf(place.file) === path;
  });
};

/** The policy of an operation, value by value, each with the layer and the line that said it, in Markdown. */
export const policyText = ({ compilation: { bound }, locate }: Analysis, operation: Operation): string => {
  const rows = bound ? explainModel(bound).filter(({ subject }) => subject === `operation ${operation.id}`) : [];
  const lines = rows.map(({ key, value, level, origin }) => {
    const { file, line } = origin.file === '' ? { file: '', line: 0 } : locate(origin);
    return `${key}: ${JSON.stringify(value)}  # ${level}${file === '' ? '' : `, ${file}:${line}`}`;
  });
  return [`**${operation.method} ${operation.path.text.replace(/[\\`*_{}[\]<>]/g, '\\$&')}**`, ...(lines.length === 0 ? [] : ['```yaml', ...lines.map((line) => line.replaceAll('```', "'''")), '```'])].join('\n');
};

/** The developer's file behind an operation, in the output folder; nothing where nobody writes one. */
export const handlerOf = ({ compilation: { api } }: Analysis, operation: Operation): string | undefined => {
  const { backend } = operation.integration;
  if (!api || backend.kind !== 'function' || backend.task) return undefined;
  return following(api.operations, operation) ? layout.version(operation) : layout.handler(operation);
};
