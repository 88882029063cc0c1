import { deleteArticleFavorite } from '../generated/contract/delete-article-favorite.js';
import { find, keep, shown } from './articles.js';
import { refused, unauthorized } from './users.js';

export const handler = deleteArticleFavorite(async ({ params, auth: { principalId } }) => {
  if (principalId === undefined) return unauthorized;
  const before = find(params.slug);
  if (!before) return refused('there is no such article');
  const article = { ...before, favorites: before.favorites.filter((id) => id !== principalId) };
  keep(article);
  return { status: 200, body: shown(article, principalId) };
});
