import { createArticleComment } from '../generated/contract/create-article-comment.js';
import { find } from './articles.js';
import { keep, nextId, shown } from './comments.js';
import { refused, unauthorized } from './users.js';

export const handler = createArticleComment(async ({ params, body, auth: { principalId } }) => {
  if (principalId === undefined) return unauthorized;
  const article = find(params.slug);
  if (!article) return refused('there is no such article');
  const comment = { id: nextId(), slug: article.slug, body: body.comment.body, createdAt: new Date().toISOString(), author: principalId };
  keep(comment);
  return { status: 200, body: { comment: shown(comment, principalId) } };
});
