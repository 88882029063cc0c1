import { identityOf, type Origin } from './origin.js';

/** A place of the document in one file: the same wherever its parts are kept. What is in no part of it stays where it is. */
export const placeIn = (root: string, moved: ReadonlyMap<string, string>, origin: Origin): Origin => {
  const { file, pointer } = origin;
  if (file === root) return origin;
  for (let end = pointer.length; end >= 0; end = end === 0 ? -1 : pointer.lastIndexOf('/', end - 1)) {
    const to = moved.get(identityOf({ file, pointer: pointer.slice(0, end) }));
    if (to !== undefined) return { file: root, pointer: to + pointer.slice(end) };
  }
  return origin;
};
