import type { Json } from '../../base/json.js';
import type { Operation } from '../../ir/index.js';
import { headerOf, type WireRequest } from '../exchange.js';
import type { GatewayErrorType } from '../refusals.js';

export const mediaTypeOf = (headers: WireRequest['headers']): string | undefined => headerOf(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase();

/** The gateway's templates read JSON alone, and a request without a body as an empty object. */
export const jsonBody = ({ body }: Operation, request: WireRequest): { readonly json: Json } | GatewayErrorType => {
  const taken = body?.contents.filter(({ kind }) => kind === 'json').map(({ mediaType }) => mediaType) ?? [];
  if (![...taken, ...(body?.required ? [] : ['application/json'])].includes(mediaTypeOf(request.headers) ?? 'application/json')) return 'UNSUPPORTED_MEDIA_TYPE';
  const text = request.body.toString('utf8');
  if (text === '') return { json: {} };
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return 'BAD_REQUEST_BODY';
  }
};
