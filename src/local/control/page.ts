import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessOf } from '../../../generators/kit/aws/access.js';
import type { Json } from '../../base/json.js';
import { packageRoot } from '../../diagnostics/pages.js';
import type { Api, Backend, Operation } from '../../ir/index.js';
import type { WireAnswer } from '../exchange.js';
import { approximated, notEnforced } from '../support.js';

const types: Readonly<Record<string, string>> = { 'index.html': 'text/html; charset=utf-8', 'page.js': 'text/javascript; charset=utf-8', 'page.css': 'text/css; charset=utf-8' };
/** Names below the prefix, with the file that each is. */
const files: Readonly<Record<string, string>> = { '': 'index.html', '/': 'index.html', '/page.js': 'page.js', '/page.css': 'page.css' };

/** A file of the page; nothing for any other name. No file changes with what is served: that is told as JSON, and becomes text. */
export const pageFile = (name: string): WireAnswer | undefined => {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) return undefined;
  return {
    status: 200,
    headers: [
      ['Content-Type', types[file] ?? ''], ['Cache-Control', 'no-store'], ['X-Content-Type-Options', 'nosniff'], ['Referrer-Policy', 'no-referrer'],
      ['Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
    ],
    body: readFileSync(join(packageRoot, 'templates', 'gateway-page', file)),
  };
};

/** What the page says of an API. */
export const aboutApi = (api: Api, stage: string, shown: boolean): { readonly title: string; readonly about: string; readonly routes: Json; readonly approximations: Json } => ({
  title: api.title,
  about: `${api.version} · ${api.protocol.kind === 'rest' ? 'REST' : 'HTTP'} API · stage ${stage}`,
  routes: [...api.operations.values()].map((operation) => ({ method: operation.method, path: operation.path.text, operation: operation.id, callers: callersOf(api, operation), backend: backendOf(operation.integration.backend) })),
  approximations: [...approximated(api, shown), ...notEnforced(api).map((feature) => `not at all: ${feature}`)],
});

const callersOf = (api: Api, operation: Operation): string => {
  const { authorizer, apiKey } = accessOf(api, operation);
  const by = authorizer.kind === 'open' ? 'everyone' : authorizer.kind === 'iam' ? 'signed requests' : authorizer.kind === 'scheme' ? [authorizer.scheme.name, ...authorizer.scopes].join(' ') : authorizer.anyOf.map(({ scheme, scopes }) => [scheme.name, ...scopes].join(' ')).join(', or ');
  return apiKey ? (authorizer.kind === 'open' ? 'an API key' : `${by}, and an API key`) : by;
};

const backendOf = (backend: Backend): string => {
  switch (backend.kind) {
    case 'function': return `function ${backend.function}`;
    case 'service': return `${backend.call} ${backend.resource}`;
    case 'action': return backend.permission.action;
    case 'http': return backend.resource ?? backend.url ?? '';
    case 'static': return `example, ${backend.status}`;
  }
};
