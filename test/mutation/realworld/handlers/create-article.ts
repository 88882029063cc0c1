import { createArticle } from '../generated/contract/create-article.js';
import { keep, shown, slugOf } from './articles.js';
import { unauthorized } from './users.js';

export const handler = createArticle(async ({ body: { article: { title, description, body, tagList = [] } }, auth: { principalId } }) => {
  if (principalId === undefined) return unauthorized;
  const now = new Date().toISOString();
  const article = { slug: slugOf(title), title, description, body, tagList, createdAt: now, updatedAt: now, author: principalId, favorites: [] };
  keep(article);
  return { status: 201, body: shown(article, principalId) };
});
