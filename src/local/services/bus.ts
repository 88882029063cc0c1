import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../base/json.js';
import { isObject } from '../../base/json.js';
import type { Clock } from '../clock.js';

export interface NewEvent { readonly source: string; readonly detailType: string; readonly detail: string; readonly resources?: readonly string[] }
export interface BusEvent { readonly id: string; readonly at: number; readonly source: string; readonly detailType: string; readonly detail: JsonObject; readonly resources: readonly string[] }
/** An entry that was not put. */
export interface Rejected { readonly code: string; readonly message: string }

export interface Bus {
  readonly put: (event: NewEvent) => BusEvent | Rejected;
  /** A rule: its target is told of each event of one of the types. */
  readonly on: (detailTypes: readonly string[], target: (event: BusEvent) => void) => void;
  readonly events: () => readonly BusEvent[];
  readonly clear: () => void;
}

const bytes = 1_048_576;

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** An event bus. An event that is malformed is one entry's failure, not the call's. */
export const createBus = (clock: Clock): Bus => {
  const events: BusEvent[] = [];
  const rules: { readonly types: readonly string[]; readonly target: (event: BusEvent) => void }[] = [];
  return {
    put: ({ source, detailType, detail, resources = [] }) => {
      if (source === '' || detailType === '') return { code: 'InvalidArgument', message: `Parameter ${source === '' ? 'Source' : 'DetailType'} is not valid. Reason: it is required.` };
      if (Buffer.byteLength(detail) > bytes) return { code: 'InvalidArgument', message: 'The entry is larger than an event may be.' };
      const value = parsed(detail);
      if (value === undefined || !isObject(value)) return { code: 'MalformedDetail', message: 'Detail is malformed.' };
      const event = { id: randomUUID(), at: clock.now(), source, detailType, detail: value, resources };
      events.push(event);
      for (const { types, target } of rules) if (types.includes(detailType)) target(event);
      return event;
    },
    on: (types, target) => { rules.push({ types, target }); },
    events: () => events,
    clear: () => { events.length = 0; },
  };
};
