import { randomUUID } from 'node:crypto';
import { randomHex, series } from '../runtime/platform.js';

/** The id of a request: of the form of a UUID, though its last digits count. */
export const requestId = series(() => randomUUID().slice(0, -4));

const traces = series(() => randomHex(12).slice(0, -4));
/** The last second that a trace began in, and its digits. */
const lately = { second: Number.NaN, text: '' };

/** The id that a gateway gives to the trace of a request, in the form of AWS X-Ray: the time is in it, in seconds. */
export const traceId = (epochMs: number): string => {
  const second = Math.floor(epochMs / 1000);
  if (second !== lately.second) {
    lately.second = second;
    lately.text = `Root=1-${second.toString(16)}-`;
  }
  return lately.text + traces();
};
