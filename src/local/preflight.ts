import type { Api } from '../ir/index.js';
import { headerOf, type WireAnswer, type WireRequest } from './exchange.js';
import type { Router } from './routing.js';

/**
 * The answer to a preflight of a path that has no OPTIONS of its own; nothing where it is none. A REST API has one for each
 * path that it knows, and names the first origin to strangers; an HTTP API answers for every path, and strangers get no word.
 */
export const createPreflight = (api: Api, router: Router): ((request: WireRequest) => WireAnswer | undefined) => {
  const { cors, protocol: { kind } } = api;
  return (request) => {
    const origin = headerOf(request.headers, 'origin');
    if (!cors || (kind === 'http' && origin === undefined)) return undefined;
    const methods = kind === 'rest' ? router.methods(request.path) : cors.methods;
    if (kind === 'rest' && methods.length === 0) return undefined;
    const [first = ''] = cors.origins;
    const allowed = cors.origins.includes('*') ? '*' : origin !== undefined && cors.origins.includes(origin) ? origin : kind === 'rest' ? first : undefined;
    if (allowed === undefined) return { status: 204, headers: [['Vary', 'Origin']], body: '' };
    return {
      status: 204,
      headers: [
        ['Access-Control-Allow-Origin', allowed],
        ...(allowed === '*' || (kind === 'rest' && cors.origins.length === 1) ? [] : [['Vary', 'Origin'] as const]),
        ['Access-Control-Allow-Methods', (kind === 'rest' ? [...methods, 'OPTIONS'] : methods).join(',')],
        ['Access-Control-Allow-Headers', cors.headers.join(',')],
        ['Access-Control-Max-Age', String(cors.maxAgeSeconds)],
        ...(cors.credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
      ],
      body: '',
    };
  };
};
