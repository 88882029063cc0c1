import type { Report } from '../../src/diagnostics/collect.js';
import { unsupported } from '../../src/emit/diagnostics.js';
import type { Api } from '../../src/ir/index.js';

/** Runtimes that version 5.100 of the AWS provider knows and the service still makes functions of; it refuses others before it asks the service. */
const known = new Set([
  'dotnet6', 'dotnet8', 'java8.al2', 'java11', 'java17', 'java21', 'nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'provided.al2', 'provided.al2023',
  'python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'ruby3.2', 'ruby3.3', 'ruby3.4',
]);

/** Tells of a runtime that the provider would refuse. */
export const judgeRuntimes = (api: Api, report: Report): void => {
  const functions = [...api.functions.values(), ...api.workers.values(), ...api.authorizers.values()];
  for (const runtime of new Set(functions.map(({ settings }) => settings.runtime).filter((name) => !known.has(name)))) {
    report(unsupported({ target: 'terraform', kind: api.protocol.kind, feature: `the runtime \`${runtime}\``, why: 'version 5.100 of the AWS provider does not know it', instead: 'Write `runtime: nodejs22.x`, or deploy with SAM.' }, api.origin));
  }
};
