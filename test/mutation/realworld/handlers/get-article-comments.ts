import { getArticleComments } from '../generated/contract/get-article-comments.js';
import { find } from './articles.js';
import { of, shown } from './comments.js';
import { refused } from './users.js';

export const handler = getArticleComments(async ({ params }) => {
  const article = find(params.slug);
  if (!article) return refused('there is no such article');
  return { status: 200, body: { comments: of(article.slug).map((comment) => shown(comment)) } };
});
