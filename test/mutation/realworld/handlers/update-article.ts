import { updateArticle } from '../generated/contract/update-article.js';
import { find, forget, keep, shown, slugOf } from './articles.js';
import { refused } from './users.js';

export const handler = updateArticle(async ({ params, body: { article: change }, auth: { principalId } }) => {
  const before = find(params.slug);
  if (!before) return refused('there is no such article');
  if (before.author !== principalId) return refused('the article is somebody else’s');
  const { title = before.title, description = before.description, body = before.body } = change ?? {};
  const slug = title === before.title ? before.slug : slugOf(title);
  const article = { ...before, slug, title, description, body, updatedAt: new Date().toISOString() };
  if (slug !== before.slug) forget(before.slug);
  keep(article);
  return { status: 200, body: shown(article, principalId) };
});
