import { getArticle } from '../generated/contract/get-article.js';
import { find, shown } from './articles.js';
import { refused } from './users.js';

export const handler = getArticle(async ({ params }) => {
  const article = find(params.slug);
  return article ? { status: 200, body: shown(article) } : refused('there is no such article');
});
