import type { Depot, Dock } from '../generated/schemas.js';
import { all, get, put, remove } from '../store.js';

export const depotOf = (company: string, code: string): Depot | undefined => get<Depot>(`depots-${company}`, code);
export const keepDepot = (company: string, depot: Depot): void => put(`depots-${company}`, depot.code, depot);
export const dropDepot = (company: string, code: string): boolean => remove(`depots-${company}`, code);
export const depotsOf = (company: string): readonly Depot[] => all<Depot>(`depots-${company}`).toSorted((one, other) => (one.code < other.code ? -1 : 1));

const docks = (company: string, code: string): string => `docks-${company}-${code}`;
export const dockOf = (company: string, code: string, number: number): Dock | undefined => get<Dock>(docks(company, code), String(number));
export const keepDock = (company: string, dock: Dock): void => put(docks(company, dock.depot_code), String(dock.dock_number), dock);
export const dropDock = (company: string, code: string, number: number): boolean => remove(docks(company, code), String(number));
export const docksOf = (company: string, code: string): readonly Dock[] => all<Dock>(docks(company, code)).toSorted((one, other) => one.dock_number - other.dock_number);
