import type { SpecialEvent } from '../generated/schemas.js';
import { all, count, get, put, remove } from '../store.js';

export const nextId = (kind: string): string => `3be6453c-03eb-4357-ae5a-${kind}${String(count(kind)).padStart(11, '0')}`;
export const keep = (event: SpecialEvent): void => put('events', String(event.eventId), event);
export const find = (id: string): SpecialEvent | undefined => get<SpecialEvent>('events', id);
export const list = (): SpecialEvent[] => all<SpecialEvent>('events');
export const forget = (id: string): boolean => remove('events', id);
export const missing = { status: 404, body: { type: 'object', title: 'Not found' } } as const;
