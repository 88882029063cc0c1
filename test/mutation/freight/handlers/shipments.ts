import { randomBytes } from 'node:crypto';
import type { Event_, Shipment, ShipmentCreate } from '../generated/schemas.js';
import { all, count, get, put, remove } from '../store.js';

/** A shipment as it is kept: how often it was changed, and the how manyth it is. */
export interface Kept { readonly shipment: Shipment; readonly version: number; readonly place: number }

const table = (company: string): string => `shipments-${company}`;
export const keep = (company: string, kept: Kept): void => put(table(company), kept.shipment.id, kept);
export const find = (company: string, id: string): Kept | undefined => get<Kept>(table(company), id);
export const forget = (company: string, id: string): boolean => remove(table(company), id);
/** The newest first. */
export const sent = (company: string): readonly Kept[] => all<Kept>(table(company)).toSorted((one, other) => other.place - one.place);
export const tagOf = ({ shipment, version }: Kept): string => `"${shipment.id.slice(4)}.${version}"`;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idOf = (): string => `shp_${[...randomBytes(12)].map((byte) => letters[byte % letters.length]).join('')}`;
/** In cents. */
const priceOf = ({ kind, weight }: ShipmentCreate): number => ({ letter: 100, parcel: 500, pallet: 6000 })[kind] + Math.ceil(weight * 10);

export const ship = (company: string, wanted: ShipmentCreate): Kept => {
  const { kind, depot_code, reference, weight, recipient, pickup_on = null, tags, insured = false } = wanted;
  const shipment: Shipment = {
    id: idOf(), kind, status: 'draft', depot_code, weight, recipient, pickup_on, insured, price: { amount: priceOf(wanted), currency: 'EUR' }, dispatched_at: null, created_at: new Date().toISOString(),
    ...(reference === undefined ? {} : { reference }), ...(tags === undefined ? {} : { tags }),
    ...(wanted.kind === 'parcel' ? { dimensions: wanted.dimensions } : {}),
    ...(wanted.kind === 'pallet' ? { pallet_type: wanted.pallet_type, ...(wanted.stackable === undefined ? {} : { stackable: wanted.stackable }) } : {}),
    ...(wanted.kind === 'letter' ? { registered: wanted.registered ?? false } : {}),
  };
  const kept = { shipment, version: 1, place: count('shipments') };
  keep(company, kept);
  return kept;
};

/** What a request with a key brought about, by whose key it is. */
export const remembered = (company: string, key: string): string | undefined => get<string>(`keys-${company}`, key);
export const remember = (company: string, key: string, id: string): void => put(`keys-${company}`, key, id);

export const record = (company: string, id: string, event: Event_): void => put(`events-${company}-${id}`, String(event.event_id), event);
/** The earliest first. */
export const eventsOf = (company: string, id: string): readonly Event_[] => all<Event_>(`events-${company}-${id}`).toSorted((one, other) => one.event_id - other.event_id);
