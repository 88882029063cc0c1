// What the handlers of the mutation run keep: one file for all functions, which have no memory in common.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const file = process.env['MUTATION_STORE'] ?? '/tmp/mutation-store.json';

export interface Store { readonly [table: string]: { readonly [id: string]: unknown } }

const load = (): { [table: string]: { [id: string]: unknown } } => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

/** In one step: another function may be reading. */
const save = (store: Store): void => {
  const whole = `${file}.${randomUUID()}`;
  writeFileSync(whole, JSON.stringify(store));
  renameSync(whole, file);
};

export const all = <T>(table: string): T[] => Object.values(load()[table] ?? {}) as T[];
export const get = <T>(table: string, id: string): T | undefined => load()[table]?.[id] as T | undefined;
export const put = (table: string, id: string, value: unknown): void => {
  const store = load();
  store[table] = { ...store[table], [id]: value };
  save(store);
};
export const remove = (table: string, id: string): boolean => {
  const store = load();
  if (store[table]?.[id] === undefined) return false;
  delete store[table][id];
  save(store);
  return true;
};
export const count = (name: string): number => {
  const next = (get<number>('counters', name) ?? 0) + 1;
  put('counters', name, next);
  return next;
};
