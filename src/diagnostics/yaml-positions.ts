import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException, type Event } from 'js-yaml';
import { pointerToken } from '../base/origin.js';
import type { FindPosition, Position, Range } from './json-positions.js';
import { lenientPositions } from './lenient-positions.js';

/** Finds values in a YAML text. What spans lines, and what is not written at all, is best shown by its key, where it has one. */
export const yamlPositions = (text: string): FindPosition => {
  try {
    // What was read is as deep as it may be.
    const events = parseEvents(text, { maxDepth: Number.MAX_SAFE_INTEGER });
    const reading: Reading = { text, events, positions: new Map(), end: 0 };
    const first = events.findIndex(({ type }) => type !== EVENT_ID.DOCUMENT);
    if (first >= 0) readValue(reading, first, '', undefined);
    return (pointer) => reading.positions.get(pointer);
  } catch (error) {
    if (error instanceof YAMLException || error instanceof RangeError) return lenientPositions(text);
    throw error;
  }
};

/** `end`: where the last value ended that was read. */
interface Reading { readonly text: string; readonly events: readonly Event[]; readonly positions: Map<string, Position>; end: number }

/** Reads the value that begins with an event; the index of the event after it. Without a pointer that is all: what lies below a key that is no text cannot be pointed at. */
const readValue = (reading: Reading, index: number, pointer: string | undefined, key: Range | undefined): number => {
  const event = reading.events[index];
  const isCollection = event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE;
  const range = event && rangeOf(event);
  reading.end = Math.max(reading.end, range?.end ?? 0);
  const next = isCollection ? readItems(reading, index, pointer) : index + 1;
  const whole = isCollection && range ? { start: range.start, end: reading.end } : range;
  const value = key !== undefined && event && spansLines(event) ? key : whole ?? key;
  if (pointer !== undefined && value) reading.positions.set(pointer, { value, ...(key ? { key } : {}) });
  return next;
};

/** Reads what a collection holds, and how far it goes. */
const readItems = (reading: Reading, index: number, pointer: string | undefined): number => {
  const { text, events } = reading;
  const collection = events[index];
  let next = index + 1;
  for (let item = 0; isWithin(events[next]); item++) {
    const key = collection?.type === EVENT_ID.MAPPING ? events[next] : undefined;
    const name = key === undefined ? item : key.type === EVENT_ID.SCALAR ? pointerToken(getScalarValue(text, key)) : undefined;
    if (key) next = readValue(reading, next, undefined, undefined);
    next = readValue(reading, next, pointer === undefined || name === undefined ? undefined : `${pointer}/${name}`, key && rangeOf(key));
  }
  // A pair in a list may do without brackets of its own.
  if ('{['.includes(text[(collection && rangeOf(collection)?.start) ?? -1] ?? ' ')) {
    closing.lastIndex = reading.end;
    if (closing.test(text)) reading.end = closing.lastIndex;
  }
  return next + 1;
};

const closing = /[\s,]*[\]}]/y;

const isWithin = (event: Event | undefined): boolean => event !== undefined && event.type !== EVENT_ID.POP;

const spansLines = (event: Event): boolean =>
  event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING
  || (event.type === EVENT_ID.SCALAR && (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK));

/** Where a value stands, with its quotes, or the sign of an alias; of a collection, its first character. */
const rangeOf = (event: Event): Range | undefined => {
  if (event.type === EVENT_ID.SCALAR) {
    const quotes = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    return event.valueStart < 0 ? undefined : { start: event.valueStart - quotes, end: event.valueEnd + quotes };
  }
  if (event.type === EVENT_ID.ALIAS) return { start: event.anchorStart - 1, end: event.anchorEnd };
  return event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE ? { start: event.start, end: event.start + 1 } : undefined;
};
