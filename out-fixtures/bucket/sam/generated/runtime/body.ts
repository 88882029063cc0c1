import type { BodyContract } from './contract.js';
import { sent } from './gateway.js';
import { essence, select } from './media-type.js';
import type { Incoming } from './message.js';
import { sizeOf } from './platform.js';
import { Problem, type Violation } from './problem.js';
import { violation } from './read.js';
import { explain } from './violations.js';

/** A body that was read, or what is wrong with it; a `Problem` when nothing else matters any more. */
export type ReadBody = { readonly value: unknown } | { readonly violations: readonly Violation[] } | Problem;

/** Reads and checks the body of a request. An absent body is null. */
export const readBody = (incoming: Incoming, contract: BodyContract | undefined): ReadBody => {
  const { body } = incoming;
  if (contract === undefined) return { value: null };
  if (body === undefined || body.length === 0) return contract.required ? { violations: [violation('required', 'is required')] } : { value: null };
  // A unit of text is three bytes at the most: most bodies need not be counted.
  const size = body.length * 3 > contract.limit ? sizeOf(body) : 0;
  if (size > contract.limit) return new Problem(413, 'body-too-large', `The body has ${size} bytes; at most ${contract.limit} are taken.`);
  const contentType = sent(incoming.headers, 'content-type') ?? '';
  const content = select(contract.contents, essence(contentType));
  if (content === undefined) {
    const accepted = contract.contents.map(({ mediaType }) => mediaType).join(', ');
    return new Problem(415, 'unsupported-media-type', `The body must be ${accepted}${contentType === '' ? '; the request has no content-type' : ''}.`, [], [['accept', accepted]]);
  }
  const read = content.read(body, content, contentType);
  if (!('value' in read) || !content.validate) return read;
  if (content.validate(read.value)) return read;
  return { violations: explain(read.value, content.validate.errors).map((error) => ({ in: 'body', ...error })) };
};
