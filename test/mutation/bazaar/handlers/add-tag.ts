import { addTag } from '../generated/contract/add-tag.js';
import type { Tag } from '../generated/schemas.js';
import { each, keep, next } from './bazaar.js';

export const handler = addTag(async ({ body: { name } }) => {
  const known = each<Tag>('tags').find((tag) => tag.name === name);
  if (known) return { status: 200, body: known };
  const tagId = next('tags');
  return { status: 201, body: keep('tags', tagId, { tagId, name }) };
});
