import { defineDiagnostic } from '../../diagnostics/define.js';
import { operationRule } from '../rule.js';

const unsafeMethod = defineDiagnostic<{ method: string }>({
  code: 'cache/unsafe-method',
  level: 'error',
  summary: 'a cache on an operation that changes something',
  message: ({ method }) => `${method} is cached, and only GET and HEAD may be`,
  help: () => 'Remove the cache with `cache: null`.',
});

const tooLong = defineDiagnostic<{ seconds: number }>({
  code: 'cache/ttl-too-long',
  level: 'error',
  summary: 'a cache that keeps answers longer than the gateway can',
  message: ({ seconds }) => `answers are kept for ${seconds} seconds, and the gateway keeps them for 3600 at most`,
  help: () => 'Lower `ttl` to `1h` or less.',
});

export const cacheUse = operationRule([unsafeMethod, tooLong], ({ method, policy: { cache } }, report) => {
  if (!cache) return;
  if (method !== 'GET' && method !== 'HEAD') report(unsafeMethod({ method }, cache.origin));
  if (cache.ttlSeconds > 3600) report(tooLong({ seconds: cache.ttlSeconds }, cache.origin));
});
