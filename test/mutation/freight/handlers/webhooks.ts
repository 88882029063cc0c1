import type { Webhook } from '../generated/schemas.js';
import { all, get, put, remove } from '../store.js';

/** A webhook as it is kept: with what it is signed with. */
export interface Kept { readonly webhook: Webhook & { readonly webhook_id: string }; readonly secret: string | undefined; readonly place: number }

const table = (company: string): string => `webhooks-${company}`;
export const find = (company: string, id: string): Kept | undefined => get<Kept>(table(company), id);
export const keep = (company: string, kept: Kept): void => put(table(company), kept.webhook.webhook_id, kept);
export const forget = (company: string, id: string): boolean => remove(table(company), id);
export const told = (company: string): readonly Kept[] => all<Kept>(table(company)).toSorted((one, other) => one.place - other.place);
