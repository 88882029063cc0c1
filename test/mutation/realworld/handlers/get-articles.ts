import { getArticles } from '../generated/contract/get-articles.js';
import { newest, page, summary } from './articles.js';
import { by } from './users.js';

export const handler = getArticles(async ({ query: { tag, author, favorited, offset, limit } }) => {
  const [writer, fan] = [author, favorited].map((name) => (name === undefined ? undefined : by('username', name)?.id ?? 'nobody'));
  const found = newest().filter((article) =>
    (tag === undefined || article.tagList.includes(tag)) && (writer === undefined || article.author === writer) && (fan === undefined || article.favorites.includes(fan)));
  return { status: 200, body: { articles: page(found, { offset, limit }).map((article) => summary(article)), articlesCount: found.length } };
});
