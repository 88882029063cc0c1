import { getArticlesFeed } from '../generated/contract/get-articles-feed.js';
import { newest, page, summary } from './articles.js';
import { follows, unauthorized } from './users.js';

export const handler = getArticlesFeed(async ({ query, auth: { principalId } }) => {
  if (principalId === undefined) return unauthorized;
  const found = newest().filter(({ author }) => follows(principalId, author));
  return { status: 200, body: { articles: page(found, query).map((article) => summary(article, principalId)), articlesCount: found.length } };
});
