import { deleteArticle } from '../generated/contract/delete-article.js';
import { find, forget } from './articles.js';
import { refused } from './users.js';

export const handler = deleteArticle(async ({ params, auth }) => {
  const article = find(params.slug);
  if (!article) return refused('there is no such article');
  if (article.author !== auth.principalId) return refused('the article is somebody else’s');
  forget(article.slug);
  return { status: 204 };
});
