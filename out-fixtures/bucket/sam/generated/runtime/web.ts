/** What checks of tokens take of the platform: the web's own interfaces, declared so that generated code type-checks without any package. */
interface Reader { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>; cancel(): Promise<void> }
interface Response { readonly ok: boolean; readonly status: number; readonly body: { getReader(): Reader } | null }
interface Request {
  readonly method?: 'GET' | 'POST';
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}
declare const fetch: (url: string, init: Request & { readonly redirect: 'error'; readonly signal: unknown }) => Promise<Response>;
declare const AbortSignal: { timeout(milliseconds: number): unknown };
declare const crypto: {
  readonly subtle: {
    importKey(format: 'jwk', key: object, algorithm: object, extractable: false, usages: readonly ['verify']): Promise<unknown>;
    verify(algorithm: object, key: unknown, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
  };
};
declare const Buffer: { concat(parts: readonly Uint8Array[]): Uint8Array; from(text: string, encoding: 'base64url'): Uint8Array & { toString(encoding: 'base64url'): string } };
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

export const { subtle } = crypto;

const timeoutMs = 3_000;
/** Larger key sets are refused by the gateway's own check too (API Gateway quotas, 150,000 bytes). */
const mostBytes = 150_000;

/** The JSON that a service answers with. Throws when it cannot be had: no answer in time, a redirect, a status that is no success, too large, not JSON. */
export const fetchJson = async (url: string, request: Request = {}): Promise<unknown> => {
  const response = await fetch(url, { ...request, headers: { accept: 'application/json', ...request.headers }, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  const reader = response.body?.getReader();
  if (!response.ok || !reader) {
    await reader?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!part.value) continue;
    size += part.value.length;
    if (size > mostBytes) {
      await reader.cancel();
      throw new Error(`${url} answered with more than ${mostBytes} bytes`);
    }
    parts.push(part.value);
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
};

/** The bytes of base64url without padding, or nothing when the text is not exactly that. */
export const fromBase64Url = (text: string): Uint8Array | undefined => {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // One sequence of bytes has one notation, or a verified token could be written in many ways.
  return bytes.toString('base64url') === text ? bytes : undefined;
};

/** Any JSON object; answers nothing for everything else. */
export const asRecord = (value: unknown): { readonly [name: string]: unknown } | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [name: string]: unknown }) : undefined;
