import { listPhotos } from '../generated/contract/list-photos.js';
import { each } from './bazaar.js';
import { shown, type Kept } from './photos.js';

/** Whatever has one of the words is found. */
export const handler = listPhotos(async ({ query: { limit, cursor = '0', q } }) => {
  const wanted = each<Kept>('photos').filter(({ title }) => q === undefined || q.split(/\W+/).some((word) => title.split(' ').includes(word)) || title.includes(q));
  const at = Number(cursor);
  return { status: 200, body: { photos: wanted.slice(at, at + limit).map(shown), next: at + limit < wanted.length ? String(at + limit) : null } };
});
