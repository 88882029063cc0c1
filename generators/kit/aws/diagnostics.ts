import { count, list } from '../../../src/base/text.js';
import { defineDiagnostic } from '../../../src/diagnostics/define.js';

export const modelKeywords = defineDiagnostic<{ keywords: readonly string[] }>({
  code: 'target/model-keywords', level: 'note',
  summary: 'schema keywords that the gateway\'s models cannot hold are left to the function',
  message: ({ keywords }) => `the gateway's request models leave ${list(keywords.map((keyword) => `\`${keyword}\``))} to the function, which checks every request in full`,
});

export const clientRate = defineDiagnostic<{ limits: readonly string[]; seconds: number }>({
  code: 'target/client-rate', level: 'note',
  summary: 'limits for each client are counted by a firewall, over a minute and without a burst',
  message: ({ limits, seconds }) => `a web ACL counts the requests of each address over ${seconds} seconds, ten at least and without a burst: ${list(limits)}`,
});

export const unreachable = defineDiagnostic<{ text: string; why: string }>({
  code: 'mapping/unreachable', level: 'error',
  summary: 'an expression that the gateway’s own templates cannot reach',
  message: ({ text, why }) => `\`${text}\` is out of reach where no function stands: ${why}`,
  help: () => 'Take the value from elsewhere, or serve the operation by a function.',
});

export const unbuilt = defineDiagnostic<{ what: string; why: string }>({
  code: 'mapping/payload', level: 'error',
  summary: 'a part of an operation that a payload made by the gateway cannot have',
  message: ({ what, why }) => `\`${what}\` has no place where the gateway makes the payload: ${why}`,
  help: () => 'Describe it in a form that the gateway can read, or leave `payload: gateway` out: the function reads all of a request.',
});

export const indistinct = defineDiagnostic<{ text: string; why: string }>({
  code: 'mapping/indistinct', level: 'warning', allow: true,
  summary: 'a value that parameter mappings cannot tell from another one',
  message: ({ text, why }) => `\`${text}\` ${why}, and an HTTP API cannot tell that from another value`,
  help: () => 'Take a value that is always there, as a text; or set `protocol: rest`.',
});

export const unchecked = defineDiagnostic<{ operation: string; target: string; what: readonly string[] }>({
  code: 'target/unchecked', level: 'warning',
  summary: 'an operation without a function, and parts of its contract that the gateway cannot check',
  message: ({ operation, target, what }) => `no function stands behind \`${operation}\`, and \`${target}\` cannot check ${list(what)}`,
  help: () => 'Let what takes the message check it, or serve the operation by a function; then allow this with the reason.',
});

export const quota = defineDiagnostic<{ target: string; what: string; count: number; most: number; instead: string }>({
  code: 'target/quota', level: 'warning', allow: true,
  summary: 'more of something than an account allows',
  message: ({ target, what, count, most }) => `\`${target}\` would deploy ${count} ${what}, and an account has a quota of ${most}`,
  help: ({ instead }) => instead,
});

export const cacheStage = defineDiagnostic<{ operations: number }>({
  code: 'target/cache-stage', level: 'warning', allow: true,
  summary: 'answers that are to be cached, and no stage that has a cache',
  message: ({ operations }) => `${count(operations, 'operation')} would be cached, and no stage has a cache`,
  help: () => 'Add `cacheSize: 0.5` to one of `x-gateway.stages`; a cache is paid for by the hour, so no stage has one unasked.',
});
