import type { Operation } from '../../ir/index.js';
import type { WireAnswer } from '../exchange.js';

/** What an operation answers when all goes well, by the first example of the document; nothing where there is none. */
export const exampleOf = ({ responses }: Operation): WireAnswer | undefined => {
  for (const { status, contents } of responses) {
    const code = status === '2XX' ? 200 : status;
    if (typeof code !== 'number' || code < 200 || code > 299) continue;
    if (contents.length === 0) return { status: code, headers: [], body: '' };
    for (const { mediaType, kind, examples: [example] } of contents) {
      if (!example || mediaType.includes('*')) continue;
      return { status: code, headers: [['Content-Type', mediaType]], body: kind !== 'json' && typeof example.value === 'string' ? example.value : JSON.stringify(example.value) };
    }
  }
  return undefined;
};
