import { createArticleFavorite } from '../generated/contract/create-article-favorite.js';
import { find, keep, shown } from './articles.js';
import { refused, unauthorized } from './users.js';

export const handler = createArticleFavorite(async ({ params, auth: { principalId } }) => {
  if (principalId === undefined) return unauthorized;
  const before = find(params.slug);
  if (!before) return refused('there is no such article');
  const article = { ...before, favorites: [...new Set([...before.favorites, principalId])] };
  keep(article);
  return { status: 200, body: shown(article, principalId) };
});
