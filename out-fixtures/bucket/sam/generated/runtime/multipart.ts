import type { FilePart } from './message.js';
import { find, toText } from './platform.js';

/** One part of a multipart body. */
export interface Part extends FilePart { readonly name: string }

/** More parts than this is an attack, not a form. */
const mostParts = 1000;
const longestHead = 8192;

/** A parameter of a header value, quoted or not: `name="a"; filename=b`. */
export const headerParameter = (value: string, name: string): string | undefined => {
  for (const [, key = '', quoted, token] of value.matchAll(/;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g)) {
    if (key.toLowerCase() === name) return quoted === undefined ? token : quoted.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"');
  }
  return undefined;
};

const headOf = (bytes: Uint8Array): { disposition: string; contentType: string | undefined } | undefined => {
  const text = toText(bytes);
  if (text === undefined) return undefined;
  const lines = text.split('\r\n').map((line) => /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line));
  const value = (name: string): string | undefined => lines.find((line) => line?.[1]?.toLowerCase() === name)?.[2];
  return { disposition: value('content-disposition') ?? '', contentType: value('content-type') };
};

/** The parts of a `multipart/form-data` body (RFC 7578), or why it is none. */
export const parseMultipart = (bytes: Uint8Array, contentType: string): readonly Part[] | string => {
  const boundary = headerParameter(contentType, 'boundary');
  if (boundary === undefined || !/^[ -~]{1,70}$/.test(boundary)) return 'has no boundary in its content type';
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let at = find(bytes, delimiter, 0);
  if (at > 0 && !(bytes[at - 2] === 13 && bytes[at - 1] === 10)) at = -1;
  if (at < 0) return 'does not begin with its boundary';
  for (;;) {
    at += delimiter.length;
    if (bytes[at] === 45 && bytes[at + 1] === 45) return parts;
    if (parts.length === mostParts) return `has more than ${mostParts} parts`;
    const start = find(bytes, '\r\n', at) + 2;
    // A part without headers has its empty line at once.
    const headEnd = find(bytes, '\r\n\r\n', start - 2);
    const end = find(bytes, `\r\n${delimiter}`, Math.max(headEnd + 2, start));
    if (start < 2 || headEnd < 0 || end < 0) return 'ends before its last boundary';
    if (headEnd - start > longestHead) return 'has a part with too long a head';
    const head = headOf(bytes.subarray(start, Math.max(start, headEnd)));
    const name = head && headerParameter(`;${head.disposition}`.replace(/^;\s*form-data/i, ''), 'name');
    if (head === undefined || name === undefined) return 'has a part without a name';
    const filename = headerParameter(head.disposition, 'filename');
    const data = bytes.subarray(Math.min(headEnd + 4, end), end);
    parts.push({ name, ...(filename === undefined ? {} : { filename }), contentType: head.contentType ?? (filename === undefined ? 'text/plain' : 'application/octet-stream'), data });
    at = end + 2;
  }
};
