import type { Order } from '../generated/schemas.js';
import { all, count, get, put } from '../store.js';

export interface Kept { readonly order: Order; readonly tenant: string; readonly owner: string }

export const nextId = (): string => `0192d1b2-7c3e-4b7a-9b64-${String(count('orders')).padStart(12, '0')}`;
export const keep = (kept: Kept): void => put('orders', String(kept.order.orderId), kept);
export const find = (id: string): Kept | undefined => get<Kept>('orders', id);
export const list = (): Kept[] => all<Kept>('orders');
export const missing = { status: 404, contentType: 'application/problem+json', body: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such order.' } } as const;
