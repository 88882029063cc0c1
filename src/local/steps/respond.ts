import type { Api } from '../../ir/index.js';
import { corsHeaders } from '../../runtime/headers.js';
import { headerOf, type WireAnswer, type WireRequest } from '../exchange.js';

/** Finishes an answer as the target does; `routed` is false where no route took the request. */
export type Respond = (request: WireRequest, id: string, answer: WireAnswer, routed: boolean) => WireAnswer;

/** Headers of a backend that a REST API keeps for itself, and hands on under another name. */
const remapped = new Set(['connection', 'content-length', 'date', 'server']);

export const createRespond = (api: Api): Respond => {
  const { cors } = api;
  if (api.protocol.kind === 'rest') {
    return (_, id, { status, headers, body }) => {
      const kept = headers.some(([name]) => remapped.has(name.toLowerCase()))
        ? headers.map(([name, value]): readonly [string, string] => (remapped.has(name.toLowerCase()) ? [`x-amzn-Remapped-${name}`, value] : [name, value]))
        : headers;
      return { status, headers: [...kept, ['x-amzn-RequestId', id]], body };
    };
  }
  return (request, id, { status, headers, body }, routed) => {
    if (!cors || !routed) return { status, headers: [...headers, ['Apigw-Requestid', id]], body };
    // The service ignores what a backend says of other origins.
    const own = headers.filter(([name]) => !name.toLowerCase().startsWith('access-control-'));
    return { status, headers: [...own, ...corsHeaders(cors, headerOf(request.headers, 'origin')), ['Apigw-Requestid', id]], body };
  };
};
