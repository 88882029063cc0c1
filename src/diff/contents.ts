import type { Content } from '../ir/index.js';
import type { Tell } from './changes.js';
import type { RuleName } from './rules/index.js';
import type { SchemaDiffer, Root } from './schema/differ.js';
import { alike, code } from './values.js';
import type { Both } from './version.js';

/** The media types of a body or an answer, each with its schema. */
export const compareContents = (differ: SchemaDiffer, { was, now }: Both<readonly Content[]>, root: Root, tell: Tell): void => {
  const gone: RuleName = root.direction === 'request' ? 'request-media-type-removed' : 'response-media-type-removed';
  const fresh: RuleName = root.direction === 'request' ? 'request-media-type-added' : 'response-media-type-added';
  const verb = root.direction === 'request' ? 'is taken' : 'comes';
  for (const before of was) {
    const after = now.find(({ mediaType }) => mediaType === before.mediaType) ?? now.find(({ mediaType }) => covers(mediaType, before.mediaType));
    if (!after) {
      tell(gone, `${root.label} no longer ${verb} as ${code(before.mediaType)}`, { was: before.origin, now: root.now });
      continue;
    }
    if (before.kind !== 'binary' || after.kind !== 'binary') {
      differ.compare(before.schema ? [before.schema] : [], after.schema ? [after.schema] : [], { ...root, was: before.origin, now: after.origin }, tell);
    }
    for (const name of new Set([...before.encoding.keys(), ...after.encoding.keys()])) {
      const [old, young] = [before.encoding.get(name), after.encoding.get(name)];
      if (!alike(old, young)) tell('body-encoding-changed', `The field ${code(name)} of ${lower(root.label)} is written as ${JSON.stringify(young ?? {})}, and was as ${JSON.stringify(old ?? {})}`, { was: before.origin, now: after.origin });
    }
  }
  for (const after of now) {
    if (!was.some(({ mediaType }) => mediaType === after.mediaType || covers(after.mediaType, mediaType))) tell(fresh, `${root.label} also ${verb} as ${code(after.mediaType)}`, { was: root.was, now: after.origin });
  }
};

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Whether a range as `image/*` has a media type in it. */
const covers = (range: string, mediaType: string): boolean => range === '*/*' || (range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1)));
