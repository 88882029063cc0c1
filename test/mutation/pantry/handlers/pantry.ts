import type { Item, Label, Shelf } from '../generated/schemas.js';
import { all, count, get, put, remove } from '../store.js';

export type Kept = Omit<Item, 'views'> & { readonly views: number };
export const error = <S extends 404 | 409 | 422>(status: S, text: string) => ({ status, body: { error: text } }) as const;
export const next = (kind: string): number => count(kind);
export const shelf = (id: number): Shelf | undefined => get<Shelf>('shelves', String(id));
export const shelves = (): readonly Shelf[] => all<Shelf>('shelves').toSorted((one, other) => one.id - other.id);
export const keepShelf = (kept: Shelf): void => put('shelves', String(kept.id), kept);
export const dropShelf = (id: number): boolean => remove('shelves', String(id));
export const item = (id: string): Kept | undefined => get<Kept>('items', id);
/** The newest first. */
export const items = (): readonly Kept[] => all<Kept>('items').toSorted((one, other) => Number(other.itemId.slice(2)) - Number(one.itemId.slice(2)));
export const keepItem = (kept: Kept): void => put('items', kept.itemId, kept);
export const label = (name: string): Label | undefined => get<Label>('labels', name);
export const keepLabel = (kept: Label): void => put('labels', kept.label, kept);
export const dropLabel = (name: string): boolean => remove('labels', name);
