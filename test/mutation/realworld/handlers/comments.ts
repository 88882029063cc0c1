import type { Comment } from '../generated/schemas.js';
import { all, count, get, put, remove } from '../store.js';
import { byId, profile } from './users.js';

export interface Kept { readonly id: number; readonly slug: string; readonly body: string; readonly createdAt: string; readonly author: string }

export const nextId = (): number => count('comment');
export const keep = (comment: Kept): void => put('comments', String(comment.id), comment);
export const find = (id: number): Kept | undefined => get<Kept>('comments', String(id));
export const forget = (id: number): boolean => remove('comments', String(id));
export const of = (article: string): readonly Kept[] => all<Kept>('comments').filter(({ slug }) => slug === article);

export const shown = ({ id, body, createdAt, author }: Kept, reader?: string): Comment => {
  const writer = byId(author);
  if (!writer) throw new Error(`comment ${id} has lost its author`);
  return { id, body, createdAt, updatedAt: createdAt, author: profile(writer, reader) };
};
