import type * as formatFunctions from '../../src/runtime/formats.js';

/** Format → the function of the runtime that checks it. Other formats say something to people only. */
export const formats = {
  date: 'date', time: 'time', 'date-time': 'dateTime', duration: 'duration', hostname: 'hostname', email: 'email', ipv4: 'ipv4', ipv6: 'ipv6',
  uri: 'uri', 'uri-reference': 'uriReference', uuid: 'uuid', byte: 'byte', 'json-pointer': 'jsonPointer', int32: 'int32', int64: 'int64',
} as const satisfies Record<string, keyof typeof formatFunctions>;

export const isCheckedFormat = (format: string): boolean => Object.hasOwn(formats, format);
