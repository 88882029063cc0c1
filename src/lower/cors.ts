import { compare } from '../base/order.js';
import type { OperationShape } from '../expressions/scope.js';
import type { Cors, Method } from '../ir/index.js';
import type { Facts } from '../language/bound.js';

const methods: readonly Method[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'];

/** What browsers on other origins may do; methods and headers are those of the document unless said. */
export const lowerCors = (facts: Facts | undefined, operations: readonly OperationShape[]): Cors | undefined => {
  if (!facts?.has('origins')) return undefined;
  const declared = operations.flatMap(({ parameters }) => parameters.flatMap((each) => (each.in === 'header' ? [each.name.toLowerCase()] : [])));
  return {
    origin: facts.origin,
    origins: facts.texts('origins'),
    methods: facts.has('methods')
      ? methods.filter((method) => facts.texts('methods').includes(method))
      : methods.filter((method) => operations.some((operation) => operation.method === method)),
    headers: facts.has('headers') ? facts.texts('headers').map((name) => name.toLowerCase()) : [...new Set(['authorization', 'content-type', ...declared])].sort(compare),
    expose: facts.texts('expose').map((name) => name.toLowerCase()),
    credentials: facts.boolean('credentials') ?? false,
    maxAgeSeconds: Math.round((facts.duration('maxAge') ?? 600_000) / 1000),
  };
};
