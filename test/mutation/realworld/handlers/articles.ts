import type { Article } from '../generated/schemas.js';
import { all, count, get, put, remove } from '../store.js';
import { byId, profile } from './users.js';

export interface Kept { readonly slug: string; readonly title: string; readonly description: string; readonly body: string; readonly tagList: string[]; readonly createdAt: string; readonly updatedAt: string; readonly author: string; readonly favorites: readonly string[] }

/** Of titles that are the same, or have no letter that an address takes, each has its own. */
export const slugOf = (title: string): string => `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'article'}-${count('article')}`;

export const keep = (article: Kept): void => put('articles', article.slug, article);
export const find = (slug: string): Kept | undefined => get<Kept>('articles', slug);
export const forget = (slug: string): boolean => remove('articles', slug);
/** The newest first. */
export const newest = (): readonly Kept[] => all<Kept>('articles').reverse();
export const page = <T>(items: readonly T[], { offset = 0, limit }: { readonly offset?: number; readonly limit: number }): readonly T[] => items.slice(offset, offset + limit);

export const summary = ({ author, favorites, body: _, ...rest }: Kept, reader?: string): Omit<Article, 'body'> => {
  const writer = byId(author);
  if (!writer) throw new Error(`${rest.slug} has lost its author`);
  return { ...rest, favorited: reader !== undefined && favorites.includes(reader), favoritesCount: favorites.length, author: profile(writer, reader) };
};
export const shown = (article: Kept, reader?: string): { readonly article: Article } => ({ article: { ...summary(article, reader), body: article.body } });
