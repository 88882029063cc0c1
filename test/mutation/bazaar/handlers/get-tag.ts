import { getTag } from '../generated/contract/get-tag.js';
import type { Tag } from '../generated/schemas.js';
import { error, find } from './bazaar.js';

export const handler = getTag(async ({ params }) => {
  const body = find<Tag>('tags', params.tagId);
  return body ? { status: 200, body } : error(404, 'no such tag');
});
