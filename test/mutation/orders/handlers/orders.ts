import { createHash } from 'node:crypto';
import type { Order } from '../generated/schemas.js';
import { all, count, get, put } from '../store.js';

export interface Kept { readonly order: Order; readonly tenant: string; readonly owner: string }

export const nextId = (): string => `0192d1b2-7c3e-4b7a-9b64-${String(count('orders')).padStart(12, '0')}`;
export const keep = (kept: Kept): void => put('orders', String(kept.order.orderId), kept);
export const find = (id: string): Kept | undefined => get<Kept>('orders', id);
export const list = (): Kept[] => all<Kept>('orders');
/** What a request with a key brought about, by whose key it is. */
export const before = (owner: string, key: string): Kept | undefined => find(get<string>('keys', `${owner} ${key}`) ?? '');
export const remember = (owner: string, key: string, orderId: string): void => put('keys', `${owner} ${key}`, orderId);
export const placed = (order: Order) => ({ status: 201, headers: { location: `/orders/${order.orderId}` }, body: order }) as const;
/** Another one for each version of an order. */
export const tagOf = ({ order }: Kept): string => `"${createHash('sha256').update(JSON.stringify(order)).digest('hex').slice(0, 16)}"`;
export const missing = { status: 404, contentType: 'application/problem+json', body: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such order.' } } as const;
