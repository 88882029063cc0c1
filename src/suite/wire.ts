import type { BodyPlan, Call, Given, Json, ParameterPlan } from './plan.js';
import { own } from './values.js';

/** A request as it travels. */
export interface Wire {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
  /** What the body says, where it was made of a value. */
  readonly sent?: Json;
  /** Of nobody: not even a certificate is shown at the handshake. */
  readonly anonymous?: true;
}

const scalar = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const quote = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const isObject = (value: Json): value is { readonly [name: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a value: one text for each, of an object alternately (or joined with `=`) its names and values. */
const pieces = (value: Json, explode: boolean, encode: (text: string) => string): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).map((item) => encode(scalar(item)))
  : isObject(value) ? Object.entries(value).flatMap(([name, item]) => (explode ? [`${encode(name)}=${encode(scalar(item))}`] : [encode(name), encode(scalar(item))]))
  : [encode(scalar(value))];

const inPath = ({ name, style, explode }: ParameterPlan, value: Json): string => {
  if (style === 'json') return quote(JSON.stringify(value));
  const parts = pieces(value, explode, quote);
  if (style === 'label') return `.${parts.join(explode ? '.' : ',')}`;
  if (style !== 'matrix') return parts.join(',');
  if (isObject(value) && explode) return parts.map((part) => `;${part}`).join('');
  return explode ? parts.map((part) => `;${quote(name)}=${part}`).join('') : `;${quote(name)}=${parts.join(',')}`;
};

const inQuery = ({ name, style, explode }: ParameterPlan, value: Json): readonly string[] => {
  const key = quote(name);
  if (style === 'json') return [`${key}=${quote(JSON.stringify(value))}`];
  if (style === 'deepObject' && isObject(value)) return Object.entries(value).map(([inner, item]) => `${key}[${quote(inner)}]=${quote(scalar(item))}`);
  const parts = pieces(value, explode, quote);
  if (explode) return isObject(value) ? parts : parts.map((part) => `${key}=${part}`);
  return [`${key}=${parts.join(style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',')}`];
};

/** The text of a header or a cookie. */
const inHeader = ({ style, explode }: ParameterPlan, value: Json): string => (style === 'json' ? JSON.stringify(value) : pieces(value, explode, (text) => text).join(','));

const form = (body: Json): string => (isObject(body)
  ? Object.entries(body).flatMap(([name, value]) => (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((item) => `${quote(name)}=${quote(scalar(item))}`)).join('&')
  : scalar(body));

const multipart = (body: Json, files: readonly string[]): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(isObject(body) ? body : {})) {
    for (const item of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
      if (files.includes(name)) data.append(name, new Blob([scalar(item)], { type: 'application/octet-stream' }), 'file.bin');
      else data.append(name, scalar(item));
    }
  }
  return data;
};

const bodyOf = ({ kind, mediaType, files = [] }: BodyPlan, body: Json): Pick<Wire, 'body'> & { readonly type?: string } => {
  const type = mediaType.includes('*') ? mediaType.replace('/*', '/plain').replace('*', 'application') : mediaType;
  switch (kind) {
    case 'json': return { body: JSON.stringify(body), type };
    case 'form': return { body: form(body), type };
    case 'multipart': return { body: multipart(body, files) };
    case 'text': case 'binary': return { body: new TextEncoder().encode(scalar(body)), type };
  }
};

/** Writes a request down as its parameters say. What is `extra` comes on top, or takes the place of what is there. */
export const write = (call: Call, given: Given, extra: { readonly headers?: readonly (readonly [string, string])[]; readonly query?: readonly (readonly [string, string])[]; readonly body?: Wire['body'] } = {}): Wire => {
  const { parameters = [] } = call;
  const value = (parameter: ParameterPlan): Json | undefined => own(given[parameter.in], parameter.name);
  const present = parameters.flatMap((parameter) => {
    const found = value(parameter);
    return found === undefined ? [] : [[parameter, found] as const];
  });
  const of = (place: ParameterPlan['in']): readonly (readonly [ParameterPlan, Json])[] => present.filter(([parameter]) => parameter.in === place);
  const path = of('path').reduce((text, [parameter, found]) => text.replaceAll(new RegExp(`\\{${parameter.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\+?\\}`, 'g'), () => inPath(parameter, found)), call.path);
  const query = [...of('query').flatMap(([parameter, found]) => inQuery(parameter, found)), ...(extra.query ?? []).map(([name, text]) => `${quote(name)}=${quote(text)}`)];
  const cookies = of('cookie').map(([parameter, found]) => `${parameter.name}=${inHeader(parameter, found)}`);
  const body = given.body === undefined || !call.body ? undefined : bodyOf(call.body, given.body);
  const headers: readonly (readonly [string, string])[] = [
    ...(body?.type === undefined ? [] : [['content-type', body.type] as const]),
    ...of('header').map(([parameter, found]) => [parameter.name.toLowerCase(), inHeader(parameter, found)] as const),
    ...(cookies.length === 0 ? [] : [['cookie', cookies.join('; ')] as const]),
  ];
  const replaced = new Set((extra.headers ?? []).map(([name]) => name.toLowerCase()));
  const sent = extra.body ?? body?.body;
  return {
    method: call.method,
    target: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers: [...headers.filter(([name]) => !replaced.has(name)), ...(extra.headers ?? []).filter(([, text]) => text !== '')],
    ...(sent === undefined ? {} : { body: sent }),
    ...(extra.body === undefined && given.body !== undefined && call.body ? { sent: given.body } : {}),
  };
};
