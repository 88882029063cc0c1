import type { Api } from '../ir/index.js';
import { headerOf, type WireAnswer, type WireRequest } from './exchange.js';

/**
 * What an answer of a REST API's own making says of the page that asks: its origin where it may call, else the first that may,
 * since the target writes that one down and puts another in its place where it can.
 */
export const originHeaders = ({ cors }: Pick<Api, 'cors'>, { headers }: Pick<WireRequest, 'headers'>): WireAnswer['headers'] => {
  if (!cors) return [];
  const origin = headerOf(headers, 'origin');
  const [first = ''] = cors.origins;
  const allowed = cors.origins.includes('*') ? '*' : origin !== undefined && cors.origins.includes(origin) ? origin : first;
  return [
    ['Access-Control-Allow-Origin', allowed],
    ...(allowed === '*' ? [] : [['Vary', 'Origin'] as const]),
    ...(cors.credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
  ];
};

/** What pages may read of such an answer. */
export const exposedHeaders = ({ cors }: Pick<Api, 'cors'>): WireAnswer['headers'] =>
  (cors && cors.expose.length > 0 ? [['Access-Control-Expose-Headers', cors.expose.join(',')]] : []);
