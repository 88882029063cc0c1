import type { Boot } from '../generated/schemas.js';
import { all, count, get, put, remove } from '../store.js';

export const error = <S extends 401 | 403 | 404 | 409 | 422>(status: S, text: string) => ({ status, body: { error: text } }) as const;
/** Everything is kept by its kind and what it is called. */
export const next = (kind: string): number => count(kind);
export const find = <T>(kind: string, id: string | number): T | undefined => get<T>(kind, String(id));
export const keep = <T>(kind: string, id: string | number, value: T): T => {
  put(kind, String(id), value);
  return value;
};
export const forget = (kind: string, id: string | number): boolean => remove(kind, String(id));
export const each = <T>(kind: string): readonly T[] => all<T>(kind);

/** A time as the store writes it. */
export const time = (text: string): string => new Date(text).toISOString();
export const boot = (id: number): Boot | undefined => find<Boot>('boots', id);
